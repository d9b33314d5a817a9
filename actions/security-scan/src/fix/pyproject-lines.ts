/** Which lines of a pyproject.toml ask for packages; names stand in lists of settings as well. Pure. */

/** `list`: requirements in quotes; `table`: names as keys, as Poetry has them. */
export type DependencyLine = 'list' | 'table' | undefined

/** By index of the line. */
export function dependencyLines(text: string): readonly DependencyLine[] {
  let table = ''
  let key = ''
  let depth = 0
  return text.split('\n').map((line) => {
    const bare = withoutTexts(line)
    if (depth === 0) {
      const header = /^\s*\[\s*([^[\]]+?)\s*\]\s*$/.exec(bare)?.[1]
      if (header !== undefined || /^\s*\[\[/.test(bare)) {
        table = tableOf(line)
        key = ''
        return undefined
      }
      key = /^\s*["']?([\w.-]+)["']?\s*=/.exec(line)?.[1] ?? ''
    }
    depth = Math.max(0, depth + count(bare, '[') - count(bare, ']'))
    if (isPoetryTable(table)) return depth === 0 && key !== 'python' ? 'table' : undefined
    return isDependencyList(table, key) ? 'list' : undefined
  })
}

/** Without what stands in quotes, and without a comment. */
function withoutTexts(line: string): string {
  return line.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""').replace(/#.*$/, '')
}

function tableOf(line: string): string {
  return (/^\s*\[+\s*([^\]]*?)\s*\]/.exec(line)?.[1] ?? '').replaceAll(/["'\s]/g, '')
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}

function isDependencyList(table: string, key: string): boolean {
  if (table === 'project') return key === 'dependencies' || key.startsWith('optional-dependencies.')
  if (table === 'tool.uv') return key === 'dev-dependencies'
  return ['project.optional-dependencies', 'dependency-groups', 'tool.pdm.dev-dependencies'].includes(table)
}

function isPoetryTable(table: string): boolean {
  return /^tool\.poetry\.(?:dependencies|dev-dependencies|group\.[\w.-]+\.dependencies)$/.test(table)
}
