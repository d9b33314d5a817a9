/** Reads what our pytest plugin recorded, test by test; memory does not grow with the number of tests. */
import type { ResultSink, TestResult } from '../results/test-result.ts'
import type { RecordLine, Session, SessionEnd } from './record-line.ts'
import { decodeRecord } from './record-line.ts'
import type { PhaseReport } from './recorded-test.ts'
import { testResult } from './recorded-test.ts'

export interface Recording {
  /** Undefined where pytest did not get to start. */
  readonly session?: Session | undefined
  /** Undefined where pytest did not get to its end. */
  readonly end?: SessionEnd | undefined
  /** Tests that got to their end. */
  readonly finished: number
  readonly failed: number
  readonly deselected: number
  /** Node ids of tests that were running when the recording ended; at most a hundred. */
  readonly running: readonly string[]
  /** Node ids of what could not be collected; at most a hundred. */
  readonly notCollected: readonly string[]
  /** Last lines of an error inside pytest or a plugin. */
  readonly internalError?: string | undefined
  readonly interrupted?: string | undefined
  /** A line in the middle that is none of ours. */
  readonly damaged: boolean
}

const most = 100

/** Chunks are UTF-8; an unfinished last line is what a crash leaves, and no damage. */
export async function readRecording(chunks: AsyncIterable<Uint8Array>, sink: ResultSink): Promise<Recording> {
  const reader = new RecordingReader(sink)
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) reader.line(line)
    // The longest record of the plugin is far shorter.
    if (rest.length > 16 * 1024 * 1024) {
      reader.damaged = true
      rest = ''
    }
  }
  return reader.finish()
}

interface OpenTest {
  readonly id: string
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly reports: PhaseReport[]
}

class RecordingReader {
  damaged = false
  readonly #sink: ResultSink
  readonly #open = new Map<string, OpenTest>()
  readonly #notCollected: string[] = []
  #session: Session | undefined
  #end: SessionEnd | undefined
  #finished = 0
  #failed = 0
  #deselected = 0
  #internalError: string | undefined
  #interrupted: string | undefined

  constructor(sink: ResultSink) {
    this.#sink = sink
  }

  line(text: string): void {
    if (text.trim() === '') return
    const record = decodeRecord(text)
    if (record === undefined) this.damaged = true
    else this.#take(record)
  }

  finish(): Recording {
    const running = [...this.#open.values()]
    for (const test of running) this.#emit(testResult({ ...test, finished: false }))
    return {
      session: this.#session,
      end: this.#end,
      finished: this.#finished,
      failed: this.#failed,
      deselected: this.#deselected,
      // A test whose worker died has a verdict, though no end.
      running: running
        .filter(({ reports }) => reports.length === 0)
        .slice(0, most)
        .map(({ id }) => id),
      notCollected: this.#notCollected,
      internalError: this.#internalError,
      interrupted: this.#interrupted,
      damaged: this.damaged,
    }
  }

  #take(record: RecordLine): void {
    switch (record.kind) {
      case 'session':
        this.#session = record
        return
      case 'start':
        this.#start(record)
        return
      case 'report':
        this.#test(record.id).reports.push(record)
        return
      case 'finish':
        this.#close(record.id, record.seconds)
        return
      case 'collect-failed':
        this.#collectFailed(record)
        return
      case 'collect-skipped':
        this.#sink.test(collected(record.id, 'skipped', { skipReason: record.reason }))
        return
      case 'deselected':
        this.#deselected += record.count
        return
      case 'internal-error':
        this.#internalError = record.text
        return
      case 'interrupted':
        this.#interrupted = record.text
        return
      case 'end':
        this.#end = record
    }
  }

  /** A report for a test that never started comes of a worker that died. */
  #test(id: string): OpenTest {
    const known = this.#open.get(id)
    if (known !== undefined) return known
    const test: OpenTest = { id, reports: [] }
    this.#open.set(id, test)
    return test
  }

  /** Where it is tried again, what came of it before stays. */
  #start({ id, file, line }: Omit<OpenTest, 'reports'>): void {
    const reports = this.#open.get(id)?.reports ?? []
    this.#open.set(id, { id, file, line, reports })
  }

  #close(id: string, seconds: number | undefined): void {
    const test = this.#test(id)
    // pytest-rerunfailures ends each try, and starts the next.
    if (test.reports.at(-1)?.outcome === 'rerun') return
    this.#open.delete(id)
    this.#finished += 1
    this.#emit(testResult({ ...test, seconds, finished: true }))
  }

  #collectFailed({
    id,
    message,
    text,
  }: {
    readonly id: string
    readonly message: string
    readonly text: string
  }): void {
    if (this.#notCollected.length < most) this.#notCollected.push(id)
    const failure = { kind: 'error' as const, message: message.split('\n', 1)[0] ?? '', text }
    this.#emit(collected(id, 'error', { failures: [failure] }))
  }

  #emit(result: TestResult): void {
    if (result.status === 'failed' || result.status === 'error') this.#failed += 1
    this.#sink.test(result)
  }
}

/** A module or class that did not get as far as tests. */
function collected(id: string, status: 'error' | 'skipped', more: Partial<TestResult>): TestResult {
  return { id, name: id, file: id.split('::')[0], suites: [], status, flaky: false, failures: [], ...more }
}
