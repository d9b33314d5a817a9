import type { Leg } from './leg.ts'
import { legName } from './leg.ts'
import type { ShardManifest } from './manifest-file.ts'

export interface ArrivedShard {
  /** For messages, such as the path of its folder. */
  readonly source: string
  readonly manifest: ShardManifest
  /** Of the tests in its results; one that is there twice counts once, as runners list errors of a teardown again. */
  readonly ids: Iterable<string>
}

export function nameOf({ manifest, source }: ArrivedShard): string {
  return `Shard ${manifest.shard} of ${manifest.shards}${legSuffix(manifest.leg)} (${source})`
}

export function legSuffix(leg: Leg): string {
  const name = legName(leg)
  return name === '' ? '' : ` [${name}]`
}
