/** Looks up the Python packages of bills of materials, at the service that pip-audit asks. */
import type { Notice, Tool } from '@ci-actions/shared'
import { ToolOutputError } from '@ci-actions/shared'
import { auditOptions, failureOf, pipAudit } from '../tools/pip-audit.ts'
import { parsePipAuditReport } from '../tools/pip-audit-report.ts'
import { layersOf } from '../tools/pip-audit-runs.ts'
import { normalName } from '../tools/python-locks.ts'
import { nameSome } from '../tools/risk-finding.ts'
import type { Sbom, SbomComponent } from './sbom-file.ts'
import { unnamedNotices } from './sbom-notices.ts'

/** `alone`: nothing else looks up what is not of Python. */
export function sbomPipAudit(sboms: readonly Sbom[], { alone }: { readonly alone: boolean }): Tool {
  const lists = sboms.flatMap(listsOf)
  return {
    ...pipAudit,
    configuredBy: () => [],
    applies: () => {
      if (lists.length > 0) return { runs: true, files: [...new Set(lists.map(({ sbom }) => sbom.path))] }
      return { runs: false, status: 'not-applicable', why: 'There is no Python package in what was given.' }
    },
    notices: () => [...sboms.flatMap(odd), ...(alone ? sboms.flatMap(notLookedUp) : [])],
    invocations: (request) =>
      lists.map(({ name, text }) => {
        const target = `${request.outputFolder}/${name}`
        return {
          args: [...auditOptions(request), '--no-deps', '--disable-pip', '-r', target],
          inputs: { [target]: text },
          exitCodes: [0, 1],
        }
      }),
    async parse({ request, invocation, exitCode, stdout, stderr }) {
      const printed = await stdout.text()
      if (printed.trim() === '') throw failureOf(request, await stderr.text())
      const list = lists.find(({ name }) => invocation.args.at(-1) === `${request.outputFolder}/${name}`)
      let audited = 0
      const result = parsePipAuditReport(printed, ({ name, version }) => {
        audited += 1
        const found = list?.packages.find(
          ({ dependency }) => dependency.name === normalName(name) && dependency.version === version,
        )
        return {
          dependency: { ecosystem: 'pypi', name: normalName(name), version },
          location: list && { path: list.sbom.path, line: found?.line },
        }
      })
      if (exitCode === 1 && result.findings.length === 0)
        throw new ToolOutputError('pip-audit says that it found something, and printed nothing.')
      const unread = (list?.packages.length ?? 0) - audited
      if (unread > 0 && (result.notices ?? []).length === 0)
        throw new ToolOutputError(`pip-audit said nothing of ${unread} of the packages that it was given.`)
      return result
    },
  }
}

interface PackageList {
  readonly sbom: Sbom
  /** Of the file that it is given. */
  readonly name: string
  readonly text: string
  readonly packages: readonly SbomComponent[]
}

function listsOf(sbom: Sbom, index: number): readonly PackageList[] {
  const python = sbom.components.filter(isReadable).map((each) => {
    const { name, version } = each.dependency
    return { ...each, dependency: { ...each.dependency, name: normalName(name), version } }
  })
  const locked = python.map(({ dependency: { name, version } }) => ({
    ...{ name, version, from: 'index' as const, dependencies: [] },
  }))
  return layersOf(locked).map((packages, layer) => ({
    sbom,
    name: `sbom-${index}-${layer}.txt`,
    text: packages.map(({ name, version }) => `${name}==${version}\n`).join(''),
    packages: python.filter(({ dependency }) =>
      packages.some(({ name, version }) => name === dependency.name && version === dependency.version),
    ),
  }))
}

function isPython({ dependency }: SbomComponent): boolean {
  return dependency.ecosystem === 'pypi'
}

/** What else would be a line of options, or another requirement. */
function isReadable(component: SbomComponent): boolean {
  const { name, version } = component.dependency
  return isPython(component) && /^[A-Za-z0-9][\w.-]*$/.test(name) && /^\d[\w.!+-]*$/.test(version)
}

function odd({ path, components }: Sbom): readonly Notice[] {
  const names = components.filter((each) => isPython(each) && !isReadable(each)).map(({ purl }) => purl)
  if (names.length === 0) return []
  return [{ level: 'warning', message: `${path}: no version of a Python package: ${nameSome(names)}.` }]
}

function notLookedUp(sbom: Sbom): readonly Notice[] {
  const names = sbom.components.filter((each) => !isPython(each)).map(({ purl }) => purl)
  const others: readonly Notice[] =
    names.length === 0
      ? []
      : [
          {
            level: 'warning',
            message: `${sbom.path}: not looked up, since \`osv-scanner\` is not among \`tools\`: ${nameSome(names)}.`,
          },
        ]
  return [...others, ...unnamedNotices(sbom)]
}
