/** The sections of the report: why tests failed, which are slow, what the change leaves uncovered. Pure. */
import type { Block, CoverageReport, FileChange } from '@ci-actions/shared'
import { formatValue } from '@ci-actions/shared'
import type { PatchCoverage } from './coverage/patch.ts'
import type { GatheredTests } from './gathered.ts'
import { groupByCause } from './results/group-by-cause.ts'
import type { TestResult } from './results/test-result.ts'

const mostFailures = 20
const mostCauses = 10
const mostFiles = 20
const longestText = 4000

export function suiteBlocks(
  gathered: GatheredTests,
  counted: readonly TestResult[],
  coverage: { readonly patch?: PatchCoverage | undefined; readonly changes: readonly FileChange[] },
): readonly Block[] {
  return [
    ...causeBlocks(counted),
    ...failureBlocks(gathered, counted),
    ...slowBlocks(gathered),
    ...coverageBlocks(gathered.coverage, coverage.changes),
  ]
}

/** Worth saying only where one cause took several tests down. */
function causeBlocks(counted: readonly TestResult[]): readonly Block[] {
  const groups = groupByCause(counted).filter(({ tests }) => tests.length > 1)
  if (groups.length === 0) return []
  const shown = groups.slice(0, mostCauses)
  const rows = shown.map(({ cause, tests }) => [
    String(tests.length),
    plain(cause === '' ? 'no message' : cause),
    code(tests[0]?.id ?? ''),
  ])
  const columns = [{ title: 'tests', align: 'right' as const }, { title: 'cause' }, { title: 'such as' }]
  const table: Block = { kind: 'table', columns, rows, more: groups.length - shown.length }
  return [{ kind: 'details', title: `Common causes: ${groups.length}`, blocks: [table] }]
}

function failureBlocks({ runner }: GatheredTests, counted: readonly TestResult[]): readonly Block[] {
  if (counted.length === 0) return []
  const shown = counted.slice(0, mostFailures)
  const more = counted.length - shown.length
  const blocks: readonly Block[] = [
    ...shown.map(
      (test): Block => ({ kind: 'details', title: code(test.id), blocks: oneFailure(test, runner.id) }),
    ),
    ...(more > 0 ? [{ kind: 'paragraph', text: `${more} more are in the report folder.` } as const] : []),
  ]
  return [{ kind: 'details', title: `Failures: ${counted.length}`, blocks }]
}

function oneFailure(test: TestResult, runner: string): readonly Block[] {
  const texts = test.failures.map(({ text, message }) => (text === '' ? message : text))
  const output = [test.stdout, test.stderr]
    .filter((text) => text !== undefined && text.trim() !== '')
    .join('\n')
  return [
    ...texts.map((text): Block => ({ kind: 'code', language: 'text', text: text.slice(-longestText) })),
    ...(output === ''
      ? []
      : [
          {
            kind: 'details',
            title: 'Output',
            blocks: [{ kind: 'code', language: 'text', text: output.slice(-longestText) }],
          } as const,
        ]),
    ...(runner === 'pytest'
      ? [{ kind: 'paragraph', text: `Again: ${code(`pytest ${shellWord(test.id)} -x`)}` } as const]
      : []),
  ]
}

function slowBlocks({ tally }: GatheredTests): readonly Block[] {
  const slow = tally.slowest.filter(({ seconds }) => seconds >= 0.1).slice(0, 10)
  if (slow.length === 0) return []
  const rows = slow.map(({ id, seconds }) => [code(id), formatValue(seconds, 'seconds')])
  const columns = [{ title: 'test' }, { title: 'time', align: 'right' as const }]
  return [
    {
      kind: 'details',
      title: `Slowest: ${formatValue(slow[0]?.seconds ?? 0, 'seconds')}`,
      blocks: [{ kind: 'table', columns, rows }],
    },
  ]
}

/** A bar for each file that the change touches; where it touches none, for those with the least coverage. */
function coverageBlocks(
  coverage: CoverageReport | undefined,
  changes: readonly FileChange[],
): readonly Block[] {
  if (coverage === undefined || coverage.lines === 0) return []
  const touched = new Set(changes.map(({ path }) => path))
  const measured = coverage.files
    .map(({ path, covered, missed }) => ({
      path,
      lines: covered.length + missed.length,
      covered: covered.length,
    }))
    .filter(({ lines }) => lines > 0)
    .map(({ path, lines, covered }) => ({ path, percent: (covered / lines) * 100 }))
    .toSorted((a, b) => a.percent - b.percent || (a.path < b.path ? -1 : 1))
  const changed = measured.filter(({ path }) => touched.has(path))
  const partial = measured.filter(({ percent }) => percent < 100)
  const shown = (changed.length > 0 ? changed : partial).slice(0, mostFiles)
  const total = formatValue((coverage.covered / coverage.lines) * 100, 'percent')
  return [
    {
      kind: 'details',
      title: `Coverage: ${total}`,
      blocks: [
        {
          kind: 'paragraph',
          text: changed.length > 0 ? 'Of the files that the change touches:' : 'Files with the least:',
        },
        ...shown.map(
          ({ path, percent }): Block => ({
            kind: 'bar',
            label: `${code(path)} ${formatValue(percent, 'percent')}`,
            percent,
          }),
        ),
      ],
    },
  ]
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}

function plain(text: string): string {
  return text.replaceAll('`', "'")
}

/** As one argument of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
