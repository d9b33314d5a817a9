/** Code scanning as it is known to behave: takes files at once, and says later, in its own words, what is wrong. */
import { gunzipSync } from 'node:zlib'

export interface FakeAnalysis {
  readonly id: string
  readonly sha: string
  readonly ref: string
  readonly checkoutUri: string
  readonly text: string
  /** Tool and category of each run; an analysis replaces that of the same ones. */
  readonly categories: readonly string[]
  readonly errors: readonly string[]
}

export interface FakeCodeScanningOptions {
  /** How often it is asked before a file is processed. */
  readonly pendingFor?: number
  /** What processing ends with, whatever the file. */
  readonly errors?: readonly string[]
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

const permitted = ['commit_sha', 'ref', 'sarif', 'checkout_uri', 'started_at', 'tool_name', 'validate']
const most = {
  compressed: 10 * 1024 * 1024,
  runs: 20,
  results: 25_000,
  rules: 25_000,
  tags: 20,
  locations: 1000,
}

export class FakeCodeScanning {
  readonly analyses: FakeAnalysis[] = []
  readonly #asked = new Map<string, number>()
  readonly #options: FakeCodeScanningOptions

  constructor(options: FakeCodeScanningOptions = {}) {
    this.#options = options
  }

  upload(body: Readonly<Record<string, unknown>>): Answer {
    const { commit_sha: sha, ref, sarif, checkout_uri: checkoutUri } = body
    const unknown = Object.keys(body).filter((key) => !permitted.includes(key))
    if (unknown.length > 0) return refusal(422, `Invalid request. ${unknown.join()} is not a permitted key.`)
    if (!/^[0-9a-f]{40}$/.test(String(sha))) return refusal(422, 'commit_sha is not a commit')
    if (!/^refs\/(heads|tags|pull)\/.+$/.test(String(ref)))
      return refusal(422, 'ref does not match the pattern')
    const bytes = Buffer.from(String(sarif), 'base64')
    if (bytes.length > most.compressed) return refusal(413, 'SARIF ZIP upload is too large')
    const text = unzipped(bytes)
    if (text === undefined) return refusal(400, 'SARIF is not gzipped and encoded as base64')
    const id = `47177e22-5596-11eb-80a1-${String(this.analyses.length + 1).padStart(12, '0')}`
    const found = problemsOf(text, String(checkoutUri))
    this.analyses.push({
      id,
      sha: String(sha),
      ref: String(ref),
      checkoutUri: String(checkoutUri),
      text,
      categories: found.categories,
      errors: this.#options.errors ?? found.errors,
    })
    return { status: 202, body: { id, url: `https://api.github.com/repos/o/r/code-scanning/sarifs/${id}` } }
  }

  status(id: string): Answer {
    const analysis = this.analyses.find((each) => each.id === id)
    if (analysis === undefined) return refusal(404, 'Not Found')
    const asked = this.#asked.get(id) ?? 0
    this.#asked.set(id, asked + 1)
    if (asked < (this.#options.pendingFor ?? 0))
      return { status: 200, body: { processing_status: 'pending' } }
    const { errors } = analysis
    const status = errors.length === 0 ? 'complete' : 'failed'
    return {
      status: 200,
      body: { processing_status: status, analyses_url: '', ...(errors.length > 0 && { errors }) },
    }
  }
}

function refusal(status: number, message: string): Answer {
  return { status, body: { message, status: String(status) } }
}

function unzipped(bytes: Uint8Array): string | undefined {
  try {
    return gunzipSync(bytes).toString('utf8')
  } catch {
    return undefined
  }
}

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string
        readonly rules: readonly {
          readonly properties?: { readonly tags?: readonly string[]; readonly 'security-severity'?: unknown }
        }[]
      }
    }
    readonly automationDetails: { readonly id: string }
    readonly results: readonly {
      readonly locations?: readonly {
        readonly physicalLocation?: { readonly artifactLocation?: { readonly uri?: string } }
      }[]
    }[]
  }[]
}

/** In GitHub's words. */
function problemsOf(text: string, checkoutUri: string): Pick<FakeAnalysis, 'categories' | 'errors'> {
  const { runs }: Log = JSON.parse(text)
  const categories = runs.map(
    ({ tool, automationDetails: { id } }) =>
      `${tool.driver.name}: ${id.slice(0, Math.max(0, id.lastIndexOf('/')))}`,
  )
  const errors = [
    ...(runs.length > most.runs
      ? [`rejecting SARIF, as there are more runs than allowed (${runs.length} > 20)`]
      : []),
    ...(new Set(categories).size < categories.length
      ? ['A delivery cannot contain multiple runs with the same category']
      : []),
    ...runs.flatMap(({ tool, results }) => [
      ...(results.length > most.results
        ? ['rejecting SARIF, as there are more results per run than allowed']
        : []),
      ...(tool.driver.rules.length > most.rules
        ? ['rejecting SARIF, as there are more rules than allowed']
        : []),
      ...tool.driver.rules.flatMap(({ properties }) => rulesErrors(properties)),
      ...results.flatMap(({ locations = [] }) => placeErrors(locations, checkoutUri)),
    ]),
  ]
  return { categories, errors: [...new Set(errors)] }
}

function rulesErrors(
  properties: Log['runs'][0]['tool']['driver']['rules'][0]['properties'],
): readonly string[] {
  const severity = properties?.['security-severity']
  return [
    ...(severity !== undefined && !Number.isFinite(Number.parseFloat(String(severity)))
      ? ['could not convert rules: invalid security severity value, is not a number']
      : []),
    ...((properties?.tags ?? []).length > most.tags
      ? ['rejecting SARIF, as there are more tags than allowed']
      : []),
  ]
}

function placeErrors(
  locations: NonNullable<Log['runs'][0]['results'][0]['locations']>,
  checkoutUri: string,
): readonly string[] {
  if (locations.length === 0) return ['locationFromSarifResult: expected at least one location']
  if (locations.length > most.locations) return ['rejecting SARIF, as there are more locations than allowed']
  return locations.flatMap(({ physicalLocation }) => {
    const uri = physicalLocation?.artifactLocation?.uri
    if (uri === undefined || uri === '') return ['locationFromSarifResult: expected artifact location']
    if (!URL.canParse(uri, 'file:///x/') || /[\s<>"{}|\\^`]/.test(uri))
      return ['an invalid URI was provided as a SARIF location']
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]
    const own = /^([a-z]+):/.exec(checkoutUri)?.[1]
    return scheme === undefined || scheme === own
      ? []
      : [`SARIF URI scheme "${scheme}" did not match the checkout URI scheme "${own}"`]
  })
}
