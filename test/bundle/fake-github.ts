/**
 * A GitHub server on loopback that keeps check runs, comments and code scanning analyses, and refuses what GitHub refuses, so that
 * a limit that we forget is a failing test. Limits: REST documentation of check runs and issue comments.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type {
  FakeAnalysis,
  FakeCodeScanningOptions,
} from '../../packages/shared/src/github/test/fake-code-scanning.ts'
import { FakeCodeScanning } from '../../packages/shared/src/github/test/fake-code-scanning.ts'
import type { CheckRun } from './github-limits.ts'
import { checkRunProblems, commentProblems } from './github-limits.ts'

export interface Comment {
  readonly id: number
  readonly body: string
  readonly user: { readonly login: string; readonly type: string }
}

export interface Request {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body: unknown
}

export interface FakeGithubOptions {
  /** What the token may do; default: everything. A fork's token may only read. */
  readonly token?: 'write' | 'read'
  /** How code scanning processes files. */
  readonly codeScanning?: FakeCodeScanningOptions
  /** Answers given before the real ones, each once: a status and headers. */
  readonly faults?: readonly {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>>
  }[]
}

export interface FakeGithub {
  readonly url: string
  readonly requests: readonly Request[]
  /** With the annotations of all pages. */
  readonly checkRuns: readonly CheckRun[]
  readonly comments: readonly Comment[]
  readonly analyses: readonly FakeAnalysis[]
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

type Fields = Readonly<Record<string, unknown>>

/** Words and shape of GitHub's own refusals. */
function refusal(problems: readonly string[]): Answer {
  return {
    status: 422,
    body: { message: `Invalid request.\n\n${problems.join('\n')}`, errors: problems, status: '422' },
  }
}

const FORBIDDEN: Answer = {
  status: 403,
  body: { message: 'Resource not accessible by integration', status: '403' },
}
const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found', status: '404' } }

class Store {
  readonly checkRuns: CheckRun[] = []
  readonly comments: Comment[] = []
  readonly codeScanning: FakeCodeScanning

  constructor(options: FakeGithubOptions) {
    this.codeScanning = new FakeCodeScanning(options.codeScanning)
  }

  createCheckRun(body: Fields): Answer {
    const problems = checkRunProblems(body, 'create')
    if (problems.length > 0) return refusal(problems)
    const run: CheckRun = { id: this.checkRuns.length + 1, fields: body, annotations: annotationsOf(body) }
    this.checkRuns.push(run)
    return {
      status: 201,
      body: { id: run.id, html_url: `https://github.com/acme/orders-service/runs/${run.id}` },
    }
  }

  updateCheckRun(id: number, body: Fields): Answer {
    const index = this.checkRuns.findIndex((run) => run.id === id)
    const old = this.checkRuns[index]
    if (old === undefined) return NOT_FOUND
    const problems = checkRunProblems(body, 'update')
    if (problems.length > 0) return refusal(problems)
    // GitHub adds the annotations of each update to those that are there.
    this.checkRuns[index] = {
      id,
      fields: { ...old.fields, ...body },
      annotations: [...old.annotations, ...annotationsOf(body)],
    }
    return { status: 200, body: { id } }
  }

  createComment(body: Fields): Answer {
    const problems = commentProblems(body)
    if (problems.length > 0) return refusal(problems)
    const comment = {
      id: this.comments.length + 1,
      body: String(body['body']),
      user: { login: 'github-actions[bot]', type: 'Bot' },
    }
    this.comments.push(comment)
    return { status: 201, body: comment }
  }

  updateComment(id: number, body: Fields): Answer {
    const index = this.comments.findIndex((comment) => comment.id === id)
    const old = this.comments[index]
    if (old === undefined) return NOT_FOUND
    const problems = commentProblems(body)
    if (problems.length > 0) return refusal(problems)
    this.comments[index] = { ...old, body: String(body['body']) }
    return { status: 200, body: this.comments[index] }
  }

  listComments(query: URLSearchParams): Answer {
    const size = Math.min(Number(query.get('per_page') ?? 30), 100)
    const page = Number(query.get('page') ?? 1)
    return { status: 200, body: this.comments.slice((page - 1) * size, page * size) }
  }
}

function annotationsOf(body: Fields): readonly Fields[] {
  const output = body['output']
  if (typeof output !== 'object' || output === null || !('annotations' in output)) return []
  return Array.isArray(output.annotations) ? output.annotations : []
}

function route(store: Store, method: string, url: URL, body: Fields): Answer {
  const repository = /^\/repos\/acme\/orders-service(\/.*)$/.exec(url.pathname)?.[1]
  const id = Number(/\/(\d+)$/.exec(repository ?? '')?.[1])
  const sarif = /^\/code-scanning\/sarifs\/([\w-]+)$/.exec(repository ?? '')?.[1]
  if (method === 'GET' && sarif !== undefined) return store.codeScanning.status(sarif)
  const pattern = `${method} ${repository?.replace(/\/\d+/g, '/N')}`
  switch (pattern) {
    case 'POST /check-runs':
      return store.createCheckRun(body)
    case 'PATCH /check-runs/N':
      return store.updateCheckRun(id, body)
    case 'GET /issues/N/comments':
      return store.listComments(url.searchParams)
    case 'POST /issues/N/comments':
      return store.createComment(body)
    case 'PATCH /issues/comments/N':
      return store.updateComment(id, body)
    case 'POST /code-scanning/sarifs':
      return store.codeScanning.upload(body)
    default:
      return NOT_FOUND
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? {} : JSON.parse(text)
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

export async function startFakeGithub(options: FakeGithubOptions = {}): Promise<FakeGithub> {
  const store = new Store(options)
  const requests: Request[] = []
  const faults = [...(options.faults ?? [])]
  async function answer(request: IncomingMessage): Promise<Answer> {
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const body = await readBody(request)
    const fault = faults.shift()
    const result: Answer = fault
      ? { body: { message: 'fault' }, ...fault }
      : !/^(token|bearer) .+/i.test(request.headers.authorization ?? '')
        ? { status: 401, body: { message: 'Requires authentication' } }
        : options.token === 'read' && method !== 'GET'
          ? FORBIDDEN
          : route(store, method, url, typeof body === 'object' && body !== null ? { ...body } : {})
    requests.push({ method, path: url.pathname, status: result.status, body })
    return result
  }
  const server = createServer((request, response) => {
    answer(request).then(
      (result) => send(response, result),
      (error) => send(response, { status: 400, body: { message: String(error) } }),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    checkRuns: store.checkRuns,
    comments: store.comments,
    analyses: store.codeScanning.analyses,
    close: () => close(server),
  }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((closed) => server.close(() => closed()))
}
