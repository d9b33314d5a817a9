/** Lines and branches by file, while a coverage report is read or several are united. */
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport, FileCoverage, LineBranches } from './coverage.ts'
import { joinBranches, lineBranches, reportOf } from './coverage.ts'
import { ownCopy } from './own-copy.ts'

/** Bytes for all lines together; 20 million lines of code need an eighth of it. */
const mostBytes = 256 * 1024 * 1024
/** A file with a line beyond this one is no source file. */
const lastLine = 10_000_000
/** What a line with branches, and a name of one, takes in memory; rough, and on the safe side. */
const branchBytes = 128
const longestPath = 4096

const missed = 1
const covered = 2

/** What is left of the memory that one report may take. */
interface Room {
  left: number
}

export class CoverageTable {
  readonly #files = new Map<string, FileTable>()
  readonly #room: Room = { left: mostBytes }

  /** The same table for the same path, however often it is named. */
  file(path: string): FileTable {
    const known = this.#files.get(path)
    if (known !== undefined) return known
    if (path.length > longestPath) throw new ToolOutputError(`it names a file with ${path.length} characters`)
    const table = new FileTable(this.#room)
    this.#files.set(ownCopy(path), table)
    return table
  }

  report(sources: readonly string[] = []): CoverageReport {
    return { ...reportOf([...this.#files].map(([path, table]) => table.coverage(path))), sources }
  }
}

export class FileTable {
  readonly #room: Room
  /** By line number: 0 for a line that cannot run. A file's own bytes cost less than an entry in a map. */
  #lines = new Uint8Array(0)
  #last = 0
  readonly #branches = new Map<number, LineBranches>()

  constructor(room: Room) {
    this.#room = room
    take(room, branchBytes)
  }

  /** A line that ran in any of the calls counts as run. Line 0 stands for code without a line, and is left out. */
  line(number: number, ran: boolean): void {
    if (number < 1) return
    if (number >= this.#lines.length) this.#grow(number)
    if (number > this.#last) this.#last = number
    const state = ran ? covered : missed
    if ((this.#lines[number] ?? 0) < state) this.#lines[number] = state
  }

  branches(line: number, taken: number, total: number, names: readonly string[] = []): void {
    const found = lineBranches(line, taken, total, names)
    if (found !== undefined) this.join(found)
  }

  join(branches: LineBranches): void {
    if (branches.line < 1) return
    const before = this.#branches.get(branches.line)
    if (before === undefined) take(this.#room, branchBytes * (1 + branches.missed.length))
    this.#branches.set(branches.line, before === undefined ? branches : joinBranches(before, branches))
  }

  coverage(path: string): FileCoverage {
    const lines: { covered: number[]; missed: number[] } = { covered: [], missed: [] }
    for (let number = 1; number <= this.#last; number++) {
      const state = this.#lines[number]
      if (state === covered) lines.covered.push(number)
      else if (state === missed) lines.missed.push(number)
    }
    return { path, ...lines, branches: [...this.#branches.values()].sort((a, b) => a.line - b.line) }
  }

  #grow(line: number): void {
    if (line > lastLine) throw new ToolOutputError(`it names line ${line} of a file`)
    const larger = new Uint8Array(2 ** Math.ceil(Math.log2(Math.max(line + 1, 256))))
    take(this.#room, larger.length - this.#lines.length)
    larger.set(this.#lines)
    this.#lines = larger
  }
}

function take(room: Room, bytes: number): void {
  room.left -= bytes
  if (room.left < 0) throw new ToolOutputError('it names more lines and branches than any project has')
}
