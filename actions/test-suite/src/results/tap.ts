/** TAP 13 and 14. Of a test with subtests these count, not the line that sums them up. */
import { TextTail } from '@ci-actions/shared'
import { LineReader } from './line-reader.ts'
import type { FormatReader, Reading } from './reading.ts'
import { firstLine, longestText, quoted } from './reading.ts'
import { parseSeconds } from './seconds.ts'
import type { TapLine, TapPoint } from './tap-line.ts'
import { parseTapLine, tapLevel } from './tap-line.ts'
import { nameTest } from './test-name.ts'
import type { TestResult } from './test-result.ts'

interface Level {
  readonly name: string
  planned: number | undefined
  points: number
  failing: number
}

interface OpenPoint {
  readonly point: TapPoint
  readonly position: number
  /** What the subtests before it said. */
  readonly inner: Level | undefined
  readonly text: TextTail
  message: string | undefined
  seconds: number | undefined
}

/** Levels of subtests that are read; no runner nests deeper. */
const deepest = 100

export class TapReader implements FormatReader {
  readonly #reading: Reading
  readonly #lines = new LineReader(({ text }) => this.#readLine(text))
  #levels: Level[] = [newLevel('')]
  #point: OpenPoint | undefined
  #inner: Level | undefined
  #nextName = ''
  #isInBlock = false
  #bailed = false

  constructor(reading: Reading) {
    this.#reading = reading
  }

  write(text: string): void {
    this.#lines.write(text)
  }

  end(): void {
    this.#lines.end()
    if (this.#isInBlock) this.#reading.incomplete('The file breaks off within the details of a test.')
    this.#closeDownTo(0)
    this.#endDocument()
  }

  #readLine(raw: string): void {
    if (this.#isInBlock) this.#readBlock(raw)
    else this.#take(parseTapLine(raw), Math.min(tapLevel(raw), deepest))
  }

  #take(line: TapLine, level: number): void {
    if (line.kind === 'block') {
      this.#isInBlock = this.#point !== undefined
    } else if (line.kind === 'comment') {
      if (this.#point?.point.ok === false) this.#point.text.add(`${line.text}\n`, true)
    } else if (line.kind === 'subtest') {
      this.#nameSubtest(line.name, level)
    } else if (line.kind === 'bail') {
      this.#bailed = true
      this.#reading.incomplete(`The run was given up: ${quoted(line.reason || 'no reason given')}`)
    } else if (line.kind === 'version') {
      this.#restart()
    } else if (line.kind === 'plan') {
      this.#goTo(level)
      this.#plan(line.count)
    } else if (line.kind === 'point') {
      this.#goTo(level)
      this.#openPoint(line)
    }
  }

  /** Node names subtests before it indents, Perl after. */
  #nameSubtest(name: string, level: number): void {
    this.#endPoint()
    const opensByItself = level >= this.#levels.length && this.#nextName === ''
    if (opensByItself) this.#nextName = name
    if (level >= this.#levels.length) this.#goTo(level)
    if (!opensByItself) this.#nextName = name
  }

  /** YAML below a test, of which three keys are understood. */
  #readBlock(raw: string): void {
    const text = raw.trim()
    if (text === '...') {
      this.#isInBlock = false
      return
    }
    const open = this.#point
    if (open === undefined) return
    const [, key, value = ''] = /^(\w+):\s*(.*)$/.exec(text) ?? []
    if (key === 'duration_ms') open.seconds ??= parseSeconds(`${value.replaceAll(/['"]/g, '')}ms`)
    if (key === 'message' || key === 'error') open.message ??= plainValue(value)
    if (!open.point.ok) open.text.add(`${raw}\n`, true)
  }

  #goTo(level: number): void {
    this.#endPoint()
    this.#closeDownTo(level)
    while (this.#levels.length <= level) {
      this.#levels.push(newLevel(this.#nextName))
      this.#nextName = ''
    }
  }

  #closeDownTo(level: number): void {
    this.#endPoint()
    while (this.#levels.length > level + 1) {
      const closed = this.#levels.pop()
      if (closed === undefined) return
      this.#checkPlan(closed)
      this.#inner = closed
    }
  }

  #plan(count: number): void {
    const level = this.#levels.at(-1)
    if (level === undefined) return
    if (level.planned !== undefined)
      this.#reading.incomplete('There are two plans, so it is not known how many tests there should be.')
    level.planned = count
  }

  #openPoint(point: TapPoint): void {
    const level = this.#levels.at(-1)
    if (level === undefined) return
    level.points += 1
    const seconds = parseSeconds(point.seconds)
    this.#point = {
      point,
      position: level.points,
      inner: this.#inner,
      text: new TextTail(longestText),
      message: undefined,
      seconds,
    }
    this.#inner = undefined
    this.#nextName = ''
  }

  #endPoint(): void {
    const ended = this.#point
    const level = this.#levels.at(-1)
    this.#point = undefined
    if (ended === undefined || level === undefined) return
    const { point, inner } = ended
    const isFailing = !point.ok && point.directive !== 'todo'
    const innerFailing = inner?.failing ?? 0
    if (isFailing || innerFailing > 0) level.failing += 1
    const isSum = inner !== undefined && inner.points > 0 && (!isFailing || innerFailing > 0)
    const suites = this.#levels.map(({ name }) => name).filter((name) => name !== '')
    if (!isSum) this.#reading.test(toResult(ended, suites, isFailing))
  }

  #checkPlan({ name, planned, points }: Level): void {
    const place = name === '' ? 'The file' : `The test ${quoted(name)}`
    if (this.#bailed || planned === points) return
    if (planned === undefined) this.#reading.incomplete(`${place} has no plan, so tests may be missing.`)
    else this.#reading.incomplete(`${place} plans ${planned} tests and holds ${points}.`)
  }

  /** Several outputs one after the other, each with its plan. */
  #restart(): void {
    this.#closeDownTo(0)
    const [level] = this.#levels
    if (level !== undefined && (level.points > 0 || level.planned !== undefined)) this.#endDocument()
  }

  #endDocument(): void {
    const [level] = this.#levels
    if (level !== undefined) this.#checkPlan(level)
    if (this.#inner !== undefined && this.#inner.points > 0 && !this.#bailed)
      this.#reading.incomplete(`The test around ${quoted(this.#inner.name)} has no result.`)
    this.#levels = [newLevel('')]
    this.#inner = undefined
  }
}

function newLevel(name: string): Level {
  return { name, planned: undefined, points: 0, failing: 0 }
}

/** The value of a key as far as it stands in its own line. */
function plainValue(value: string): string | undefined {
  const bare = value.replace(/^(['"])(.*)\1$/, '$2')
  return /^[|>][-+]?$/.test(bare) || bare === '' ? undefined : bare
}

function toResult(open: OpenPoint, suites: readonly string[], isFailing: boolean): TestResult {
  const { point, seconds } = open
  const name = point.name === '' ? `test ${point.number ?? open.position}` : point.name
  const named = nameTest(name, suites.join(' > '))
  const result = { ...named, suites, flaky: false, seconds }
  if (isFailing) {
    const text = open.text.toString()
    const message = open.message ?? (firstLine(text.replaceAll(/^\s*\w+:.*$/gm, '')) || firstLine(text))
    return { ...result, status: 'failed', failures: [{ kind: 'failure', message: firstLine(message), text }] }
  }
  // A failure that is to do is expected; one that passes already is a pass.
  const isSkipped = point.directive === 'skip' || !point.ok
  const skipReason = isSkipped ? point.reason || undefined : undefined
  return { ...result, status: isSkipped ? 'skipped' : 'passed', failures: [], skipReason }
}
