/** Reads JSON that a tool printed. */
export {
  excerpt,
  isRecord,
  type JsonRecord,
  listOf,
  maybeNumber,
  maybeText,
  numberOf,
  parseJson,
  recordOf,
  textOf,
} from '@ci-actions/shared'
