/** OpenVEX documents of others. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
import { parseJson, recordOf, recordsOf, textOf } from '../../../parse/json.ts'
import { justifications } from '../entry.ts'
import type { Proposal, ProposalSubject } from '../proposal.ts'
import { aboutPurl, textList } from './fields.ts'

/** Only what says that something does not affect: the other statements ask for something to be done. */
export function openVex(text: string, file: string): readonly Proposal[] {
  const statements = recordsOf(recordOf(parseJson(text, file))['statements'])
  return statements.flatMap((statement, index) => {
    if (statement['status'] !== 'not_affected') return []
    const named = statement['vulnerability']
    const vulnerability = recordOf(named)
    const ids = [textOf(named), textOf(vulnerability['name']), ...textList(vulnerability['aliases'])]
    const proposal = (about: Pick<ProposalSubject, 'component' | 'version'>): Proposal => ({
      origin: `${file}, statement ${index + 1}`,
      about: { ids: ids.filter((id) => id !== undefined), ...about },
      reason: textOf(statement['impact_statement']) ?? textOf(statement['status_notes']),
      status: 'not-affected',
      justification: justifications.find((known) => known === statement['justification']),
    })
    const purls = [...new Set(purlsIn(statement['products']))].map(aboutPurl)
    const known = purls.filter(({ lost }) => lost === undefined)
    if (known.length > 0) return known.map(proposal)
    const isLimited = Array.isArray(statement['products']) && statement['products'].length > 0
    return [{ ...proposal({}), ...(isLimited && { lost: ['only products without a package URL'] }) }]
  })
}

/** What of a product is meant, where the statement says it; else the products. */
function purlsIn(products: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(products) ? products : []
  return items.flatMap((product) => {
    const inner = recordOf(product)['subcomponents']
    const parts: readonly unknown[] = Array.isArray(inner) && inner.length > 0 ? inner : [product]
    return parts.flatMap((part) => {
      return textOf(part) ?? textOf(recordOf(part)['@id']) ?? []
    })
  })
}
