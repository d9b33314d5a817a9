/** SARIF by the schema of the standard; `sarif-schema.ts` of the report's tests is stricter still. */
import Ajv04 from 'ajv-draft-04'
import { sarifSchema } from '../scripts/sarif-schema.ts'

const schema = sarifSchema({ fetch: false })
// Addresses are looked at by our own schema; dates we write none.
const validate =
  schema && new Ajv04.default({ allErrors: true, strict: false, validateFormats: false }).compile(schema)

/** Why {@link standardProblems} says nothing; undefined where it can tell. */
export const noStandard =
  validate === undefined ? 'there is no Go to fetch the schema of SARIF with' : undefined

/** Empty for a log that the standard allows, and where there is no schema of it. */
export function standardProblems(text: string): readonly string[] {
  if (validate === undefined || validate(JSON.parse(text))) return []
  return (validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message}`)
}
