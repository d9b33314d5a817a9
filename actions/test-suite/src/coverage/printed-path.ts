/** Paths as reports print them: absolute or not, of any platform, of a machine that is gone. */

export interface PrintedPath {
  /** Without empty and dot segments; of an absolute Windows path the drive is the first. */
  readonly segments: readonly string[]
  /** Whether it says where it begins: from a root, or from a folder above the one it was written in. */
  readonly absolute: boolean
  /** Whether letters may differ in case. */
  readonly windows: boolean
  /** Whether it is that of an installed package, so that its folders below `site-packages` are all that counts. */
  readonly installed: boolean
  /** Whether it belongs to the standard library or to packages of Node, which no repository holds. */
  readonly foreign: boolean
}

export function parsePrintedPath(text: string): PrintedPath {
  const plain = text.replace(/^file:\/\/(localhost(?=\/))?/, '').replace(/^\/(?=[A-Za-z]:[\\/])/, '')
  const windows = /^[A-Za-z]:([\\/]|$)/.test(plain) || plain.includes('\\')
  const portable = windows ? plain.replaceAll('\\', '/') : plain
  const { segments, above } = resolved(portable.split('/'))
  return classified({
    segments,
    absolute: portable.startsWith('/') || /^[A-Za-z]:/.test(portable) || above,
    windows,
    installed: false,
    foreign: false,
  })
}

/** `path` below `folder`, or `path` alone where it says itself where it begins. */
export function below(folder: PrintedPath, path: PrintedPath): PrintedPath {
  if (path.absolute || path.installed) return path
  return classified({
    ...folder,
    segments: [...folder.segments, ...path.segments],
    windows: folder.windows || path.windows,
  })
}

function resolved(segments: readonly string[]): {
  readonly segments: readonly string[]
  readonly above: boolean
} {
  const result: string[] = []
  let above = false
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') result.push(segment)
    else if (result.pop() === undefined) above = true
  }
  return { segments: result, above }
}

function classified(path: PrintedPath): PrintedPath {
  const { segments } = path
  const packages = segments.findLastIndex(
    (segment) => segment === 'site-packages' || segment === 'dist-packages',
  )
  if (packages !== -1) {
    return { ...path, segments: segments.slice(packages + 1), absolute: false, installed: true }
  }
  const library = segments.findIndex(
    (segment, index) => /^lib(64)?$/i.test(segment) && /^python\d/.test(segments[index + 1] ?? ''),
  )
  return { ...path, foreign: library !== -1 || segments.includes('node_modules') }
}
