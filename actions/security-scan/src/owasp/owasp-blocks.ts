/** Which categories of the OWASP Top 10 were looked at, by which tools, and what was found. Pure. */
import type { Block, Finding, Prose, ToolRun } from '@ci-actions/shared'
import { counted, cweFamily } from '@ci-actions/shared'
import type { OwaspCategory, OwaspEdition } from './categories.ts'
import { owasp2021, owasp2025 } from './categories.ts'
import { looksFor } from './looked-for.ts'

export type RanTool = Pick<ToolRun, 'id' | 'name' | 'status'>

export interface CategoryResult {
  readonly category: OwaspCategory
  readonly findings: readonly Finding[]
  /** Names of the tools that ran and look for something of it. */
  readonly tools: readonly string[]
}

/** The newest edition first. `findings` as they count: fixed and suppressed ones are left out here. */
export function owaspBlocks(findings: readonly Finding[], tools: readonly RanTool[]): readonly Block[] {
  return [owasp2025, owasp2021].map((edition) => editionBlock(edition, findings, tools))
}

export function categoryResults(
  { categories }: OwaspEdition,
  findings: readonly Finding[],
  tools: readonly RanTool[],
): readonly CategoryResult[] {
  const open = findings.filter(({ state, suppression }) => state !== 'fixed' && suppression === undefined)
  const ran = tools.filter(({ status }) => status === 'clean' || status === 'findings')
  return categories.map((category) => {
    // Thousands of findings have few numbers.
    const known = new Map<number, boolean>()
    const isIn = (cwe: number) => {
      const answer = known.get(cwe) ?? isOf(cwe, category)
      known.set(cwe, answer)
      return answer
    }
    const found = open.filter((finding) => belongs(finding, category, isIn))
    const finders = new Set(found.map(({ tool }) => tool))
    for (const { witnesses = [] } of found) for (const { tool } of witnesses) finders.add(tool)
    const looked = ran.filter(({ id }) => finders.has(id) || looks(id, category))
    return { category, findings: found, tools: [...new Set(looked.map(({ name }) => name))] }
  })
}

/** The weakness within a dependency is not one of the project's own code. */
function belongs({ security }: Finding, category: OwaspCategory, isIn: (cwe: number) => boolean): boolean {
  if (security === undefined) return false
  if (security.kind === 'vulnerability') return category.components === true
  const numbers =
    security.kind === 'secret' && (security.cwe ?? []).length === 0 ? [798] : (security.cwe ?? [])
  if (numbers.length === 0) return security.kind === 'misconfiguration' && category.configuration === true
  return numbers.some(isIn)
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

function editionBlock(edition: OwaspEdition, findings: readonly Finding[], tools: readonly RanTool[]): Block {
  const results = categoryResults(edition, findings, tools)
  const found = results.filter((each) => each.findings.length > 0).length
  const unseen = results.filter((each) => each.findings.length + each.tools.length === 0).length
  const rows = results.map((result): readonly Prose[] => [
    `${result.category.id} ${result.category.name}`,
    resultWord(result),
    numbersOf(result.findings),
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

function resultWord({ findings, tools }: CategoryResult): Prose {
  if (findings.length > 0) return counted(findings.length, 'finding')
  return tools.length === 0 ? 'not looked for' : 'not found'
}

/** The most frequent first. */
function numbersOf(findings: readonly Finding[]): Prose {
  const counts = new Map<number, number>()
  for (const { security } of findings)
    for (const cwe of security?.kind === 'vulnerability' ? [] : (security?.cwe ?? []))
      counts.set(cwe, (counts.get(cwe) ?? 0) + 1)
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || a - b)
  const most = 6
  const shown = sorted.slice(0, most).map(([cwe]) => `CWE-${cwe}`)
  return sorted.length > most ? `${shown.join(', ')} and ${sorted.length - most} more` : shown.join(', ')
}
