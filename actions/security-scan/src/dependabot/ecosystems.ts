/** What Dependabot can update, and which files ask for it. https://docs.github.com/code-security/reference/supply-chain-security/dependabot-options-reference Pure. */
import { posix } from 'node:path'

/** Values of `package-ecosystem`. */
export const knownEcosystems: readonly string[] = [
  ...[
    'bazel',
    'bun',
    'bundler',
    'cargo',
    'composer',
    'conda',
    'deno',
    'devcontainers',
    'docker',
    'docker-compose',
  ],
  ...[
    'dotnet-sdk',
    'elm',
    'gitsubmodule',
    'github-actions',
    'gomod',
    'gradle',
    'helm',
    'julia',
    'maven',
    'mix',
  ],
  ...[
    'nix',
    'npm',
    'nuget',
    'opentofu',
    'pip',
    'pre-commit',
    'pub',
    'rust-toolchain',
    'sbt',
    'swift',
    'terraform',
  ],
  ...['uv', 'vcpkg'],
]

/** Something in the repository that wants updates. */
export interface Wanted {
  /** What to write; the first of `answers`. */
  readonly ecosystem: string
  /** Values that look after it. */
  readonly answers: readonly string[]
  /** As `directory` has it: `/`, `/web`. */
  readonly directory: string
  /** The file that says so. */
  readonly path: string
}

const byName: Readonly<Record<string, readonly string[]>> = {
  'uv.lock': ['uv'],
  Pipfile: ['pip'],
  'poetry.lock': ['pip'],
  'package.json': ['npm', 'bun'],
  'bun.lock': ['bun'],
  'go.mod': ['gomod'],
  'Cargo.toml': ['cargo'],
  Gemfile: ['bundler'],
  'composer.json': ['composer'],
  'pom.xml': ['maven'],
  'build.gradle': ['gradle'],
  'build.gradle.kts': ['gradle'],
}

const byPath: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?:^|\/)[\w.-]*requirements[\w.-]*\.(?:txt|in)$/, ['pip', 'uv']],
  [/(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.(?:Dockerfile|dockerfile)$/, ['docker']],
  [/(?:^|\/)(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/, ['docker-compose']],
  [/\.(?:cs|fs|vb)proj$/, ['nuget']],
  [/\.tf$/, ['terraform', 'opentofu']],
]

/** A lock says more than the lists and manifests beside it. */
const lockedBy: Readonly<Record<string, string>> = { pip: 'uv', npm: 'bun' }

/** Sorted by what to write, one for each ecosystem and folder. */
export function wantedUpdates(files: readonly string[]): readonly Wanted[] {
  const found = new Map<string, Wanted>()
  for (const path of files.toSorted()) {
    if (/(?:^|\/)(?:node_modules|vendor|site-packages)\//.test(path)) continue
    const wanted = wantedBy(path)
    if (wanted === undefined) continue
    const key = `${wanted.ecosystem} ${wanted.directory}`
    if (!found.has(key)) found.set(key, wanted)
  }
  return [...found.values()].filter(({ ecosystem, directory }) => {
    const better = lockedBy[ecosystem]
    return better === undefined || !found.has(`${better} ${directory}`)
  })
}

function wantedBy(path: string): Wanted | undefined {
  if (/^\.github\/(?:workflows|actions\/.*)\/[^/]+\.ya?ml$|^action\.ya?ml$/.test(path))
    return { ecosystem: 'github-actions', answers: ['github-actions'], directory: '/', path }
  const name = posix.basename(path)
  const known = Object.hasOwn(byName, name) ? byName[name] : undefined
  const answers = known ?? byPath.find(([pattern]) => pattern.test(path))?.[1]
  const [ecosystem] = answers ?? []
  if (answers === undefined || ecosystem === undefined) return undefined
  const folder = posix.dirname(path).replace(/(?:^|\/)requirements$/, '')
  return { ecosystem, answers, directory: folder === '.' || folder === '' ? '/' : `/${folder}`, path }
}

/** `*` stands for a part of one folder's name, `**` for any folders. */
export function directoryFits(directory: string, pattern: string): boolean {
  const segments = (path: string) => path.split('/').filter((part) => part !== '' && part !== '.')
  return segmentsFit(segments(directory), segments(pattern).slice(0, 40))
}

function segmentsFit(directory: readonly string[], pattern: readonly string[]): boolean {
  // Positions in the directory that the pattern may have come to.
  let at = new Set([0])
  for (const [index, part] of pattern.entries()) {
    const next = new Set<number>()
    for (const position of at) {
      if (part === '**') for (let end = position; end <= directory.length; end += 1) next.add(end)
      else if (position < directory.length && nameFits(directory[position] ?? '', part))
        next.add(position + 1)
      // `/**/*` is what people write for every folder, the top among them.
      else if (part === '*' && pattern[index - 1] === '**' && directory.length === 0) next.add(position)
    }
    at = next
  }
  return at.has(directory.length)
}

function nameFits(name: string, part: string): boolean {
  if (!part.includes('*')) return name === part
  const pieces = part.split('*').map((piece) => piece.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return pieces.length < 6 && new RegExp(`^${pieces.join('[^/]*')}$`).test(name)
}
