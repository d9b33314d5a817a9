/** What GitHub refuses of check runs and comments, as rules on parsed request bodies. */

export interface CheckRun {
  readonly id: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly annotations: readonly Readonly<Record<string, unknown>>[]
}

/** Characters of `output.summary`, `output.text`. */
const OUTPUT_TEXT = 65_535
const COMMENT_BODY = 65_536
const ANNOTATIONS_A_REQUEST = 50
const ANNOTATION_TITLE = 255
/** Bytes of `message` and `raw_details`. */
const ANNOTATION_MESSAGE = 65_536

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(fields: Fields, name: string, maximum: number, where = name): readonly string[] {
  const value = fields[name]
  if (value === undefined) return []
  if (typeof value !== 'string') return [`${where} is not a string.`]
  return value.length > maximum ? [`${where} is too long (maximum is ${maximum} characters).`] : []
}

function annotationProblems(annotation: unknown, index: number): readonly string[] {
  const where = `annotations/${index}`
  if (!isFields(annotation)) return [`${where} is not an object.`]
  const { path, start_line: start, end_line: end, annotation_level: level, message } = annotation
  const columns = annotation['start_column'] !== undefined || annotation['end_column'] !== undefined
  const lines =
    Number.isInteger(start) && Number.isInteger(end) && Number(start) >= 1 && Number(end) >= Number(start)
  return [
    ...(typeof path !== 'string' || path === '' || path.startsWith('/')
      ? [`${where}/path is not repository-relative.`]
      : []),
    ...(lines ? [] : [`${where}: start_line and end_line must be positive and in order.`]),
    ...(columns && start !== end
      ? [`${where}: columns are only allowed where start_line equals end_line.`]
      : []),
    ...(level === 'notice' || level === 'warning' || level === 'failure'
      ? []
      : [`${where}/annotation_level is not a member of the list.`]),
    ...(typeof message === 'string' && message !== '' ? [] : [`${where}/message wasn't supplied.`]),
    ...(Buffer.byteLength(String(message)) > ANNOTATION_MESSAGE ? [`${where}/message is too long.`] : []),
    ...text(annotation, 'title', ANNOTATION_TITLE, `${where}/title`),
  ]
}

function outputProblems(output: unknown): readonly string[] {
  if (output === undefined) return []
  if (!isFields(output)) return ['output is not an object.']
  const annotations = output['annotations'] ?? []
  if (!Array.isArray(annotations)) return ['annotations is not an array.']
  return [
    ...(output['title'] === undefined || output['title'] === '' ? ["output/title wasn't supplied."] : []),
    ...(output['summary'] === undefined ? ["output/summary wasn't supplied."] : []),
    ...text(output, 'summary', OUTPUT_TEXT, 'output/summary'),
    ...text(output, 'text', OUTPUT_TEXT, 'output/text'),
    ...(annotations.length > ANNOTATIONS_A_REQUEST
      ? [`No more than ${ANNOTATIONS_A_REQUEST} items are allowed; ${annotations.length} were supplied.`]
      : []),
    ...annotations.flatMap(annotationProblems),
  ]
}

const CONCLUSIONS = ['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out']
const CHECK_RUN_FIELDS = [
  'name',
  'head_sha',
  'details_url',
  'external_id',
  'status',
  'started_at',
  'conclusion',
  'completed_at',
  'output',
  'actions',
]

export function checkRunProblems(body: Fields, kind: 'create' | 'update'): readonly string[] {
  const { name, head_sha: sha, status, conclusion } = body
  return [
    ...Object.keys(body)
      .filter((field) => !CHECK_RUN_FIELDS.includes(field))
      .map((field) => `${field} is not a permitted key.`),
    ...(kind === 'create' && (typeof name !== 'string' || name === '') ? ["name wasn't supplied."] : []),
    ...(kind === 'create' && (typeof sha !== 'string' || !/^[0-9a-f]{40}$/.test(sha))
      ? ['head_sha is not a commit.']
      : []),
    ...(status === 'completed' && conclusion === undefined ? ["conclusion wasn't supplied."] : []),
    ...(conclusion !== undefined && !CONCLUSIONS.includes(String(conclusion))
      ? ['conclusion is not a member of the list.']
      : []),
    ...outputProblems(body['output']),
  ]
}

export function commentProblems(body: Fields): readonly string[] {
  const given = body['body']
  if (typeof given !== 'string' || given.trim() === '') return ['Body cannot be blank.']
  return text(body, 'body', COMMENT_BODY, 'Body')
}
