/**
 * What tools printed, for the report folder. It is copied when all of them are done: what one of them says can be the
 * secret that another one finds.
 */
import type { Files, Runner } from '../host/ports.ts'
import type { Tool } from './tool.ts'
import { keepPartly, keepRedacted } from './tool-output.ts'

interface Kept {
  readonly name: string
  readonly from: string
  readonly to: string
}

export class Evidence {
  readonly #start: string
  readonly #files: Files
  readonly #tool: Tool
  readonly #kept: Kept[] = []

  /** `start`: absolute start of the names. */
  constructor(files: Files, tool: Tool, start: string) {
    this.#files = files
    this.#tool = tool
    this.#start = start
  }

  /** `index` counts the commands of a tool from 0. A file that the next one writes again is set aside. */
  async keep(written: Readonly<Record<string, string>>, index: number): Promise<void> {
    const number = index === 0 ? '' : `.${index + 1}`
    for (const [name, path] of Object.entries(written)) {
      if ((await this.#files.status(path))?.kind !== 'file') continue
      const from = ['stdout', 'stderr'].includes(name) ? path : `${path}.${index}`
      if (from !== path) await this.#files.copy(path, from)
      this.#kept.push({ name, from, to: `${this.#start}${number}.${name.replaceAll(/[^\w-]/g, '_')}` })
    }
  }

  async write(runner: Runner): Promise<void> {
    const { asEvidence } = this.#tool
    for (const { name, from, to } of this.#kept) {
      if (asEvidence === undefined || name === 'stderr') await keepRedacted(this.#files, runner, from, to)
      else await keepPartly(this.#files, runner, { from, to, asEvidence })
    }
  }
}
