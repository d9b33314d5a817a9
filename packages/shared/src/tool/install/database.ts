/**
 * Vulnerability databases that scanners download. Each has a folder of its own below the cache folder, apart from what is
 * remembered, and on GitHub an entry of its own, by scanner, schema and UTC day: the first run of a day downloads, and
 * the others of the repository restore what that one has stored.
 */
import { join } from 'node:path'
import { dayOf } from '../../decision/day.ts'
import { folderBytes } from '../../host/folder-size.ts'
import type { Host } from '../../host/ports.ts'
import type { KeptDatabase } from '../tool.ts'

/** Raised when the layout of the folder changes. */
const layout = 1
/** Of one database, unpacked: a repository has 10 GB for all of its caches. */
const largestStoredBytes = 4_000_000_000
/** Between two machines. */
const clockSkewMs = 10 * 60 * 1000

type Times = Readonly<Record<string, number>>

export class Database {
  /** Id of the tool. */
  readonly tool: string
  readonly #host: Host
  /** What is stored: the database, and beside it what is known of it. */
  readonly #place: string
  readonly #folder: string
  readonly #state: string
  readonly #keys: string
  #refreshed: Times = {}
  #changed = false
  /** An entry cannot be replaced: what is newer than today's first one needs another name. */
  #generation = 1
  #last: Promise<unknown> = Promise.resolve()

  constructor(host: Host, tool: string, schema: string) {
    const name = `${tool}-${schema}`
    this.tool = tool
    this.#host = host
    this.#place = join(host.facts.cacheFolder, 'databases', name)
    this.#folder = join(this.#place, 'content')
    this.#state = join(this.#place, 'state.json')
    this.#keys = `ci-actions-databases-${layout}-${name}-`
  }

  /** `stored`: whether the host's cache is asked. What a machine has kept is used before what that has. */
  async open({ stored }: { readonly stored: boolean }): Promise<void> {
    const { files } = this.#host
    if (stored && (await files.list(this.#place)).length === 0) await this.#restore()
    this.#refreshed = (await this.#readState()) ?? {}
    await files.makeFolder(this.#folder)
  }

  kept(): KeptDatabase {
    return { folder: this.#folder, refreshed: this.#refreshed, openedAt: this.#host.clock.now() }
  }

  /** One after another: two programs that download into the same folder would spoil it, and the second need not. */
  inTurn<Result>(body: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(body)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** What a tool that ended well says about the parts that it used. Never throws. */
  async note(refreshed: Times): Promise<void> {
    const news = Object.entries(refreshed).filter(([part, time]) => this.#refreshed[part] !== time)
    if (news.length === 0) return
    this.#refreshed = { ...this.#refreshed, ...Object.fromEntries(news) }
    this.#changed = true
    await this.#writeState().catch((error) => this.#host.runner.log(`Not kept: ${String(error)}`))
  }

  /** Only what this run has refreshed. */
  async store(): Promise<void> {
    if (!this.#changed) return
    const bytes = await this.#writeState()
    if (bytes <= largestStoredBytes)
      await this.#host.cache.save(this.#place, `${this.#keysOfToday()}${this.#generation}`)
    else
      this.#host.runner.log(
        `${this.#place} is larger than ${largestStoredBytes / 1_000_000_000} GB and is not stored in the cache.`,
      )
  }

  /** Today's first, wherever it is: GitHub would else prefer an older one of the same branch. */
  async #restore(): Promise<void> {
    const { cache, files, runner } = this.#host
    const today = this.#keysOfToday()
    const found =
      (await cache.restore(this.#place, today, [])) ?? (await cache.restore(this.#place, this.#keys, []))
    if (found?.startsWith(today)) this.#generation = Number(/\d+$/.exec(found)?.[0] ?? 0) + 1
    if ((await files.list(this.#place)).length === 0 || (await this.#readState()) !== undefined) return
    runner.log(`What the cache holds under ${found ?? this.#keys} is damaged; it is downloaded again.`)
    await files.remove(this.#place)
  }

  #keysOfToday(): string {
    return `${this.#keys}${dayOf(this.#host.clock.now())}-`
  }

  /** Undefined where the database is not as it was left: half-downloaded, half-restored, or changed by something else. */
  async #readState(): Promise<Times | undefined> {
    const { files, clock } = this.#host
    const state = parseState((await files.readText(this.#state)) ?? '')
    if (state === undefined || state.bytes !== (await this.#bytes())) return undefined
    // Of a clock that was wrong it would else stay young for long.
    const latest = clock.now() + clockSkewMs
    return Object.fromEntries(Object.entries(state.refreshed).filter(([, time]) => time <= latest))
  }

  async #writeState(): Promise<number> {
    const bytes = await this.#bytes()
    await this.#host.files.write(this.#state, JSON.stringify({ refreshed: this.#refreshed, bytes }))
    return bytes
  }

  #bytes(): Promise<number> {
    return folderBytes(this.#host.files, this.#folder, Number.MAX_SAFE_INTEGER)
  }
}

function parseState(text: string): { readonly refreshed: Times; readonly bytes: number } | undefined {
  try {
    const state: unknown = JSON.parse(text)
    if (!(state instanceof Object && 'refreshed' in state && 'bytes' in state)) return undefined
    const times = Object.entries(state.refreshed ?? {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    )
    return { refreshed: Object.fromEntries(times), bytes: Number(state.bytes) }
  } catch {
    return undefined
  }
}
