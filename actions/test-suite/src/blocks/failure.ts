/** One test that did not pass, whole: why, where, what it printed, and how to run it again. Pure. */
import type { Block } from '@ci-actions/shared'
import { fileAddress, shorten } from '@ci-actions/shared'
import type { JoinedTest } from '../labels/across-legs.ts'
import { describeLegs } from '../labels/across-legs.ts'
import type { TestFailure, TestResult } from '../results/test-result.ts'
import { excerptOf, withoutRepeats } from './excerpt.ts'
import { code, nameParts, plain, printed, shellWord } from './prose.ts'
import type { ProjectFrame, SourcePlaces } from './traceback.ts'
import { isDeepestFirst, projectFrames } from './traceback.ts'

/** What the sections about tests know beside the tests. */
export interface FailureView {
  readonly places: SourcePlaces
  /** With `{path}` and `{line}`; undefined where nothing is linked. */
  readonly linkTemplate?: string | undefined
  /** What earlier runs say about a test, such as `newly failing`; empty where nothing is known. */
  readonly history: (id: string) => string
  /** Whether it failed on the base too; absent without a base to compare with. */
  readonly failedBefore?: ((id: string) => boolean) | undefined
}

/** `brief`: on a page with hundreds of failures, the later ones. */
export type FailureLength = 'whole' | 'brief'

const limits = {
  whole: { lines: 60, length: 4000, output: 4000, failures: 3 },
  brief: { lines: 15, length: 1000, output: 0, failures: 1 },
} as const

const mostFrames = 4
const longestMessage = 500

/** `test_price[1]`: in `tests/test_pricing.py` · error · newly failing. */
export function failureTitle({ id, status, legs }: JoinedTest, { history }: FailureView): string {
  const { name, place } = nameParts(id)
  const rest = [
    place === '' ? '' : `in ${code(shorten(place, 120))}`,
    stateOf(status),
    describeLegs(legs, code),
    history(id),
  ]
  const words = rest.filter((part) => part !== '').join(' · ')
  return words === '' ? code(name) : `${code(name)}: ${words}`
}

function stateOf(status: TestResult['status']): string {
  return status === 'error' ? 'error' : ''
}

export function failureParts(
  test: TestResult,
  view: FailureView,
  length: FailureLength = 'whole',
): readonly Block[] {
  const most = limits[length]
  const shown = test.failures.slice(0, most.failures)
  const more = test.failures.length - shown.length
  return [
    ...shown.flatMap((failure) => reason(failure, length)),
    ...(more > 0 ? [{ kind: 'paragraph', text: `It failed ${more} times more.` } as const] : []),
    ...frameBlocks(mostTelling(framesOf(test, view.places)), view.linkTemplate),
    ...(most.output > 0 ? outputBlocks(test, most.output) : []),
    ...againBlocks(test, view.places),
  ]
}

/** Deepest first; those of the first failure that has any. */
export function framesOf({ failures }: TestResult, places: SourcePlaces): readonly ProjectFrame[] {
  for (const { text } of failures) {
    const frames = projectFrames(printed(text), places)
    if (frames.length > 0) return frames
  }
  return []
}

/** The deepest, and the outermost, which is where the test stands. */
function mostTelling(frames: readonly ProjectFrame[]): readonly ProjectFrame[] {
  if (frames.length <= mostFrames) return frames
  return [...frames.slice(0, mostFrames - 1), ...frames.slice(-1)]
}

function reason({ type, message, text }: TestFailure, length: FailureLength): readonly Block[] {
  const said = printed(message)
  const words = plain(shorten(said === '' ? (type ?? '') : said, longestMessage))
  const trace = excerptOf(withoutRepeats(indented(printed(text))), {
    ...limits[length],
    keep: isDeepestFirst(text) ? 'start' : 'end',
  })
  const isSame = trace.text.trim() === '' || trace.text.trim() === said.trim()
  return [
    ...(words === '' ? [] : [{ kind: 'paragraph', text: words } as const]),
    ...(isSame ? [] : [{ kind: 'code', language: 'text', text: trace.text } as const]),
  ]
}

/** Readers take the space before a text away, and so the indentation of pytest's first line. */
function indented(text: string): string {
  return /^(?:async def |def |class |@)[^\n]*\n[ >] {3}/.test(text) ? `    ${text}` : text
}

function frameBlocks(frames: readonly ProjectFrame[], linkTemplate: string | undefined): readonly Block[] {
  if (frames.length === 0) return []
  if (linkTemplate === undefined) {
    return [{ kind: 'paragraph', text: `At ${frames.map(place).join(', ')}` }]
  }
  return frames.map(
    (frame): Block => ({
      kind: 'link',
      label: frame.inside === undefined ? place(frame) : `${place(frame)} in ${code(frame.inside)}`,
      url: fileAddress(linkTemplate, frame.path, frame.line),
    }),
  )
}

function place({ path, line }: ProjectFrame): string {
  return code(`${path}:${line}`)
}

function outputBlocks({ stdout, stderr }: TestResult, length: number): readonly Block[] {
  const output = [stdout, stderr].filter((text) => text !== undefined && text.trim() !== '').join('\n')
  if (output === '') return []
  const { text, shown, lines } = excerptOf(printed(output), { lines: 100, length, keep: 'end' })
  // Readers mark where they left out the beginning: then nobody knows how much there was.
  const isCut = output.startsWith('…')
  const count = `${lines} ${lines === 1 ? 'line' : 'lines'}`
  const extent = isCut ? `the last ${shown} lines` : shown < lines ? `the last ${shown} of ${count}` : count
  return [
    {
      kind: 'details',
      title: `Captured output: ${extent}`,
      aside: true,
      blocks: [{ kind: 'code', language: 'text', text }],
    },
  ]
}

/** Only for what is a node id of pytest: its file is there to be run. */
function againBlocks({ id }: TestResult, { top, cwd, files }: SourcePlaces): readonly Block[] {
  const file = id.slice(0, Math.max(0, id.indexOf('::')))
  const folder = cwd.startsWith(`${top}/`) ? `${cwd.slice(top.length + 1)}/` : ''
  if (!file.endsWith('.py') || !files.has(folder + file)) return []
  // What a terminal would not show is not there to be copied either.
  if (/[\p{Cc}\p{Cf}]/u.test(id) || id.includes('…')) return []
  const text = `pytest ${shellWord(id)} -x`
  return [
    ...(folder === '' ? [] : [{ kind: 'paragraph', text: `In ${code(folder)}:` } as const]),
    { kind: 'code', language: 'sh', text },
  ]
}
