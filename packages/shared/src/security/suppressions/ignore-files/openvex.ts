/** OpenVEX documents of others. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
import { parseJson, recordOf, recordsOf, textOf } from '../../../parse/json.ts'
import { justifications } from '../entry.ts'
import type { Proposal } from '../proposal.ts'
import { componentOfPurl, textList } from './fields.ts'

/** Only what says that something does not affect: the other statements ask for something to be done. */
export function openVex(text: string, file: string): readonly Proposal[] {
  const statements = recordsOf(recordOf(parseJson(text, file))['statements'])
  return statements.flatMap((statement, index) => {
    if (statement['status'] !== 'not_affected') return []
    const named = statement['vulnerability']
    const vulnerability = recordOf(named)
    const ids = [textOf(named), textOf(vulnerability['name']), ...textList(vulnerability['aliases'])]
    const proposal = (component: string | undefined): Proposal => ({
      origin: `${file}, statement ${index + 1}`,
      about: { ids: ids.filter((id) => id !== undefined), component },
      reason: textOf(statement['impact_statement']) ?? textOf(statement['status_notes']),
      status: 'not-affected',
      justification: justifications.find((known) => known === statement['justification']),
    })
    const components = [...new Set(componentsOf(statement['products']))]
    if (components.length > 0) return components.map(proposal)
    const isLimited = Array.isArray(statement['products']) && statement['products'].length > 0
    return [{ ...proposal(undefined), ...(isLimited && { lost: ['only products without a package URL'] }) }]
  })
}

/** What of a product is meant, where the statement says it; else the products. */
function componentsOf(products: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(products) ? products : []
  return items.flatMap((product) => {
    const inner = recordOf(product)['subcomponents']
    const parts: readonly unknown[] = Array.isArray(inner) && inner.length > 0 ? inner : [product]
    return parts.flatMap((part) => {
      const id = textOf(part) ?? textOf(recordOf(part)['@id'])
      return (id === undefined ? undefined : componentOfPurl(id)) ?? []
    })
  })
}
