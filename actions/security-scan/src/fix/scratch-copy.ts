/** A copy of the files that say what a project depends on: fixes are tried on it, never on the project itself. */
import { join, posix } from 'node:path'
import type { Host, OpenedCheck } from '@ci-actions/shared'
import { diffFolders, filesInScope, insideFile } from '@ci-actions/shared'
import { mostManifestBytes } from '../dependencies/manifest-files.ts'
import type { Dependencies } from '../own-checks.ts'
import type { FixFiles } from './fix-plan.ts'

export interface ScratchCopy {
  /** Absolute folder of the copy, which may be changed. */
  readonly folder: string
  /** Manifests as they are in the copy now. */
  texts(): FixFiles
  write(edits: FixFiles): Promise<void>
  /** Reads files that a program may have changed. */
  refresh(paths: readonly string[]): Promise<void>
  /** For `git apply` at the top of the repository; empty where a file is as it was. `context`: lines around each change. */
  patchOf(path: string, context: number): Promise<string>
  /** What the project's own file was when it was copied. */
  original(path: string): string | undefined
  remove(): Promise<void>
}

/** Settings of package managers and scanners that change what they do. */
const settings = new Set([
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  'uv.toml',
  'osv-scanner.toml',
  '.safety-policy.yml',
  'pnpm-workspace.yaml',
])

/** Settings may hold credentials of an index, so the copy is removed in the end, come what may. */
export async function copyManifests(
  host: Host,
  { top, projects }: OpenedCheck,
  dependencies: readonly Dependencies[],
): Promise<ScratchCopy> {
  const scratch = join(host.facts.temporary, `fix-${host.clock.random(6)}`)
  const originals = new Map(
    dependencies.flatMap(({ survey }) => [...survey.files].map(([path, { text }]) => [path, text] as const)),
  )
  const others = projects.flatMap((project) =>
    filesInScope(project)
      .filter((path) => settings.has(posix.basename(path)))
      .map((path) => posix.join(project.folder, path)),
  )
  const real = await host.files.realPath(top)
  for (const path of new Set([...originals.keys(), ...others])) {
    const source = await insideFile(host.files, { folder: top, path, top: real, maxBytes: mostManifestBytes })
    if ('why' in source) continue
    for (const side of ['a', 'b']) {
      const target = join(scratch, side, ...path.split('/'))
      await host.files.makeFolder(join(target, '..'))
      await host.files.copy(source.path, target)
    }
  }
  return opened(host, scratch, originals)
}

function opened(host: Host, scratch: string, originals: FixFiles): ScratchCopy {
  const texts = new Map(originals)
  const at = (side: string, path: string) => join(scratch, side, ...path.split('/'))
  return {
    folder: join(scratch, 'b'),
    texts: () => texts,
    original: (path) => originals.get(path),
    write: async (edits) => {
      for (const [path, text] of edits) {
        await host.files.write(at('b', path), text)
        texts.set(path, text)
      }
    },
    refresh: async (paths) => {
      for (const path of paths) texts.set(path, (await host.files.readText(at('b', path))) ?? '')
    },
    patchOf: (path, context) =>
      texts.get(path) === originals.get(path)
        ? Promise.resolve('')
        : diffFolders(host, { folder: scratch, path, context }),
    remove: () => host.files.remove(scratch).catch(() => undefined),
  }
}
