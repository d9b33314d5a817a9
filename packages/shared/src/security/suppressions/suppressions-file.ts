/** The file of suppressions beside the policy file. Pure. */
import { isRecord } from '../../parse/json.ts'
import { parseYaml } from '../../parse/yaml.ts'
import { proseCode, proseText } from '../../report/prose.ts'
import { shorten, visibleLine } from '../../report/visible.ts'
import type { SuppressionSource } from './entry.ts'

/** Where it may stand, in the repository; there may be only one. */
export const suppressionPaths = [
  '.github/security-suppressions.yml',
  '.github/security-suppressions.yaml',
] as const

export interface ReadSuppressionsFile {
  readonly source: SuppressionSource
  /** Sentences; each is an input error. */
  readonly problems: readonly string[]
}

/** A map with the key `suppressions`, as it would stand in the policy file's section. */
export function readSuppressionsFile({ path, text }: { path: string; text: string }): ReadSuppressionsFile {
  const wrong = (problem: string) => ({
    source: { path, data: undefined },
    problems: [`\`${path}\`: ${problem}`],
  })
  let root: unknown
  try {
    root = parseYaml(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return wrong(`this is not valid YAML: ${proseText(shorten(visibleLine(why), 300))}.`)
  }
  if (root === null || root === undefined) return { source: { path, data: undefined }, problems: [] }
  if (!isRecord(root)) return wrong('it must be a map with the list `suppressions`.')
  const unknown = Object.keys(root).filter((key) => key !== 'suppressions' && key !== '$schema')
  return {
    source: { path, data: Object.hasOwn(root, 'suppressions') ? root['suppressions'] : undefined },
    problems: unknown.map(
      (key) =>
        `\`${path}\`: there is no ${proseCode(shorten(visibleLine(key), 60))}; the only key is \`suppressions\`.`,
    ),
  }
}
