/** Links of documents that move to another place when they are released. Pure. */
import { posix } from 'node:path'

/** What the release tree has no file for is in the repository. */
const SOURCES = 'https://github.com/org/ci-actions/blob/main/'

/** Where a file of the repository is in the release tree: an action moves to the top. */
export function releasedPath(path: string): string {
  return path.replace(/^actions\//, '')
}

/**
 * The text of a document with links that hold in the release tree. `file` is its place in the repository;
 * `released` says of a path in the release tree whether there is such a file or folder.
 */
export function releasedLinks(text: string, file: string, released: (path: string) => boolean): string {
  return text.replace(/\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)/g, (_, link: string, anchor = '') => {
    const target = posix.join(posix.dirname(file), link)
    const moved = releasedPath(target)
    const inside = posix.relative(posix.dirname(releasedPath(file)), moved)
    return `](${released(moved) ? inside : `${SOURCES}${target}`}${anchor})`
  })
}
