/** A GitHub that remembers and that refuses what GitHub refuses. For tests only. */
import { GithubError } from '../../action/errors.ts'
import type { GithubApi } from '../../host/ports.ts'
import type { FakeAnalysis, FakeCodeScanningOptions } from './fake-code-scanning.ts'
import { FakeCodeScanning } from './fake-code-scanning.ts'

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

export interface FakeComment {
  readonly id: number
  body: string
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' }
  readonly html_url: string
}

export interface FakeAnnotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column?: number
  readonly end_column?: number
  readonly annotation_level: string
  readonly message: string
  readonly title?: string
}

interface FakeOutput {
  readonly title: string
  readonly summary: string
  readonly text?: string
  readonly annotations: readonly FakeAnnotation[]
}

export interface FakeGithub extends GithubApi {
  readonly requests: FakeRequest[]
  readonly comments: FakeComment[]
  readonly annotations: FakeAnnotation[]
  readonly analyses: readonly FakeAnalysis[]
  readonly writes: () => readonly string[]
}

export interface FakeOptions {
  readonly comments?: readonly FakeComment[]
  /** Who the token is; an app's token may not ask. */
  readonly self?: { readonly login: string; readonly type: 'Bot' | 'User' }
  /** Answers with this error where it is given. */
  readonly refuse?: (request: FakeRequest) => GithubError | undefined
  readonly codeScanning?: FakeCodeScanningOptions
}

export const actionsBot = { login: 'github-actions[bot]', type: 'Bot' } as const

export function fakeGithub(options: FakeOptions = {}): FakeGithub {
  const requests: FakeRequest[] = []
  const comments = (options.comments ?? []).map((comment) => ({ ...comment }))
  const annotations: FakeAnnotation[] = []
  const self = options.self ?? actionsBot
  const scanning = new FakeCodeScanning(options.codeScanning)
  const answer = (request: FakeRequest): unknown => {
    const { method, path, body } = request
    if (path === '/user')
      return self.type === 'User' ? self : refuse(403, 'Resource not accessible by integration')
    if (path.includes('/code-scanning/')) return codeScanning(method, path, body, scanning)
    if (path.includes('/check-runs')) return checkRun(method, path, body, annotations)
    if (path.includes('/comments')) return comment(method, path, body, comments, self)
    return refuse(404, 'Not Found')
  }
  return {
    requests,
    comments,
    annotations,
    analyses: scanning.analyses,
    writes: () =>
      requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
    request: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const request = { method, path, body: structuredClone(body) }
      requests.push(request)
      const error = options.refuse?.(request)
      if (error) throw error
      // The port's answer is of the caller's type, whatever was received.
      return answer(request) as T
    },
  }
}

function codeScanning(method: string, path: string, body: unknown, scanning: FakeCodeScanning): unknown {
  const [, id] = /\/code-scanning\/sarifs(?:\/(.+))?$/.exec(path) ?? []
  const answer = method === 'POST' ? scanning.upload({ ...(body as object) }) : scanning.status(id ?? '')
  if (answer.status < 400) return answer.body
  const { message } = answer.body as { message: string }
  return refuse(answer.status, message)
}

function refuse(status: number, message: string): never {
  throw new GithubError(status, message)
}

function check(holds: boolean, message: string): void {
  if (!holds) refuse(422, message)
}

function checkRun(method: string, path: string, body: unknown, kept: FakeAnnotation[]): unknown {
  check(
    method === 'POST' ? path.endsWith('/check-runs') : path.endsWith('/check-runs/41'),
    'no such check run',
  )
  const { output } = body as { output: FakeOutput }
  checkText(output.title, 255, 'title')
  checkText(output.summary, 65_535, 'summary')
  if (output.text !== undefined) checkText(output.text, 65_535, 'text')
  check(output.annotations.length <= 50, `${output.annotations.length} annotations`)
  for (const annotation of output.annotations) checkAnnotation(annotation)
  kept.push(...output.annotations)
  return { id: 41, html_url: 'https://github.com/o/r/runs/41' }
}

function checkText(text: unknown, most: number, what: string): void {
  check(typeof text === 'string' && text !== '', `${what} is missing`)
  check(Buffer.byteLength(String(text)) <= most, `Only ${most} characters are allowed in ${what}`)
}

function checkAnnotation(annotation: FakeAnnotation): void {
  const { start_line: start, end_line: end, start_column: from, end_column: to } = annotation
  checkText(annotation.path, 4096, 'path')
  checkText(annotation.message, 64 * 1024 - 1, 'message')
  if (annotation.title !== undefined) checkText(annotation.title, 255, 'title')
  check(start >= 1 && end >= start, 'lines')
  check(['notice', 'warning', 'failure'].includes(annotation.annotation_level), 'annotation_level')
  if (from === undefined && to === undefined) return
  check(start === end, 'start_column and end_column cannot be used if start_line and end_line are different')
  check(from !== undefined && to !== undefined && from >= 1 && to >= from, 'columns')
}

function comment(
  method: string,
  path: string,
  body: unknown,
  kept: FakeComment[],
  self: FakeComment['user'],
): unknown {
  if (method === 'GET') return pageOf(path, kept)
  const { body: text } = body as { body: string }
  checkText(text, 65_536, 'body')
  if (method === 'POST') {
    const id = 1000 + kept.length
    kept.push({ id, body: text, user: self, html_url: `https://github.com/o/r/pull/7#issuecomment-${id}` })
    return kept.at(-1)
  }
  const found = kept.find(({ id }) => path.endsWith(`/issues/comments/${id}`))
  if (method !== 'PATCH' || !found) return refuse(404, 'Not Found')
  found.body = text
  return found
}

function pageOf(path: string, kept: readonly FakeComment[]): readonly FakeComment[] {
  const query = new URL(path, 'https://api.github.com').searchParams
  const size = Math.min(Number(query.get('per_page') ?? 30), 100)
  const page = Number(query.get('page') ?? 1)
  return kept.slice((page - 1) * size, page * size)
}
