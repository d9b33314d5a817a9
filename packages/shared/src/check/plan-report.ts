/** The report of `--plan`: what would run, and why, without running it. */
import type { ActionOutcome } from '../action/spec.ts'
import type { Block } from '../report/report.ts'
import type { CheckContext } from './definition.ts'
import type { PackagePlan, Plan } from './plan.ts'

export function planReport(plan: Plan, context: CheckContext): ActionOutcome {
  return {
    report: {
      verdict: 'incomplete',
      reasons: [{ code: 'planned', message: '`plan` is on: this is what would run; nothing was run.' }],
      rules: [],
      metrics: [],
      tools: [],
      findings: [],
      blocks: plan.packages.flatMap(describePackage),
      loosened: [],
      notices: [],
      degraded: [],
      scope: context.inputs.scope,
      laptop: '',
    },
  }
}

function describePackage({ project, tools }: PackagePlan): readonly Block[] {
  const where = project.folder === '' ? 'the repository' : `\`${project.folder}\``
  return [
    { kind: 'paragraph', text: `Plan for ${where}: ${project.pythonFiles.length} Python files.` },
    {
      kind: 'table',
      columns: [
        { title: 'tool' },
        { title: 'runs' },
        { title: 'files', align: 'right' },
        { title: 'why' },
        { title: 'version' },
      ],
      rows: tools.map((planned) =>
        planned.runs
          ? [
              planned.tool.name,
              'yes',
              String(planned.files.length),
              planned.because,
              planned.version ?? 'as the project pins',
            ]
          : [planned.tool.name, 'no', '', planned.why, ''],
      ),
    },
  ]
}
