/** Which categories of the OWASP Top 10 were looked at, by which tools, and what was found. Pure. */
import type { Block, Finding, Prose, ToolRun } from '@ci-actions/shared'
import { counted, cweFamily } from '@ci-actions/shared'
import type { OwaspCategory, OwaspEdition } from './categories.ts'
import { owasp2021, owasp2025 } from './categories.ts'
import { looksFor } from './looked-for.ts'

export type RanTool = Pick<ToolRun, 'id' | 'name' | 'status'>

/** Findings of one weakness: thousands of findings have few, and a category takes all of one or none. */
interface Alike {
  readonly first: Finding
  readonly count: number
  /** Ids of the tools that found any of them. */
  readonly finders: ReadonlySet<string>
}

export interface CategoryResult {
  readonly category: OwaspCategory
  readonly found: readonly Alike[]
  /** Names of the tools that ran and look for something of it. */
  readonly tools: readonly string[]
}

/** The newest edition first. `findings` as they count: fixed and suppressed ones are left out here. */
export function owaspBlocks(findings: readonly Finding[], tools: readonly RanTool[]): readonly Block[] {
  const open = findings.filter(({ state, suppression }) => state !== 'fixed' && suppression === undefined)
  const weaknesses = [...Map.groupBy(open, weaknessOf).values()].flatMap(alike)
  return [owasp2025, owasp2021].map((edition) => editionBlock(edition, weaknesses, tools))
}

/** All that decides about the category. */
function weaknessOf({ security }: Finding): string {
  return security === undefined ? '' : `${security.kind} ${(security.cwe ?? []).join()}`
}

function alike(findings: readonly Finding[]): readonly Alike[] {
  const [first] = findings
  const finders = new Set<string>()
  for (const { tool, witnesses = [] } of findings) {
    finders.add(tool)
    for (const witness of witnesses) finders.add(witness.tool)
  }
  return first === undefined ? [] : [{ first, count: findings.length, finders }]
}

export function categoryResults(
  { categories }: OwaspEdition,
  weaknesses: readonly Alike[],
  tools: readonly RanTool[],
): readonly CategoryResult[] {
  const ran = tools.filter(({ status }) => status === 'clean' || status === 'findings')
  return categories.map((category) => {
    const found = weaknesses.filter(({ first }) => belongs(first, category))
    const looked = ran.filter(({ id }) => found.some(({ finders }) => finders.has(id)) || looks(id, category))
    return { category, found, tools: [...new Set(looked.map(({ name }) => name))] }
  })
}

/** The weakness within a dependency is not one of the project's own code. */
function belongs({ security }: Finding, category: OwaspCategory): boolean {
  if (security === undefined) return false
  if (security.kind === 'vulnerability') return category.components === true
  const numbers =
    security.kind === 'secret' && (security.cwe ?? []).length === 0 ? [798] : (security.cwe ?? [])
  if (numbers.length === 0) return security.kind === 'misconfiguration' && category.configuration === true
  return numbers.some((cwe) => isOf(cwe, category))
}

/** Some numbers are in no category, but what they are a form of is. */
function isOf(cwe: number, category: OwaspCategory): boolean {
  const family = cweFamily(cwe)
  return category.cwe.includes(cwe) || (family !== undefined && category.cwe.includes(family))
}

function looks(id: string, category: OwaspCategory): boolean {
  const known = Object.hasOwn(looksFor, id) ? looksFor[id] : undefined
  return (
    (known?.components === true && category.components === true) ||
    (known?.configuration === true && category.configuration === true) ||
    known?.cwe?.some((cwe) => isOf(cwe, category)) === true
  )
}

function editionBlock(edition: OwaspEdition, weaknesses: readonly Alike[], tools: readonly RanTool[]): Block {
  const results = categoryResults(edition, weaknesses, tools)
  const found = results.filter((each) => each.found.length > 0).length
  const unseen = results.filter((each) => each.found.length + each.tools.length === 0).length
  const rows = results.map((result): readonly Prose[] => [
    `${result.category.id} ${result.category.name}`,
    resultWord(result),
    numbersOf(result.found),
    result.tools.join(', '),
  ])
  const title = `OWASP Top 10 of ${edition.year}: ${found} with findings, ${10 - found - unseen} without, ${unseen} not looked for`
  return {
    kind: 'details',
    title,
    aside: true,
    blocks: [
      {
        kind: 'table',
        columns: [
          { title: 'category' },
          { title: 'found' },
          { title: 'weaknesses found' },
          { title: 'looked for by' },
        ],
        rows,
      },
      {
        kind: 'paragraph',
        text: 'No scanner looks for all of a category: `not found` says that these tools found nothing, not that there is nothing.',
      },
    ],
  }
}

function resultWord({ found, tools }: CategoryResult): Prose {
  if (found.length > 0) return counted(sum(found), 'finding')
  return tools.length === 0 ? 'not looked for' : 'not found'
}

function sum(found: readonly Alike[]): number {
  return found.reduce((all, { count }) => all + count, 0)
}

/** The most frequent first. */
function numbersOf(found: readonly Alike[]): Prose {
  const counts = new Map<number, number>()
  for (const { first, count } of found)
    for (const cwe of first.security?.kind === 'vulnerability' ? [] : (first.security?.cwe ?? []))
      counts.set(cwe, (counts.get(cwe) ?? 0) + count)
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || a - b)
  const most = 6
  const shown = sorted.slice(0, most).map(([cwe]) => `CWE-${cwe}`)
  return sorted.length > most ? `${shown.join(', ')} and ${sorted.length - most} more` : shown.join(', ')
}
