/** A check run on a commit, with annotations beyond the few that a step may have. */
import { formatValue } from '../gate/format-value.ts'
import type { GithubApi } from '../host/ports.ts'
import type { Annotation } from '../report/annotation.ts'
import { cutToBytes } from './text-limit.ts'

export interface CheckRunRequest {
  /** `owner/name`. */
  readonly repository: string
  /** The commit that shows it: `checkedShaOf(event)`. */
  readonly sha: string
  readonly name: string
  /** Key of this use of the action, so that the run can be told from others of the same name. */
  readonly externalId: string
  readonly title: string
  /** Markdown. */
  readonly summary: string
  readonly text?: string | undefined
  /** Ranked: where not all are sent, the first ones are. */
  readonly annotations: readonly Annotation[]
  /** How many there are in all, where `annotations` holds the first of them only. */
  readonly total?: number | undefined
  /** Page behind `Details`. */
  readonly detailsUrl?: string | undefined
}

export interface PublishedCheckRun {
  readonly id: number
  readonly url: string | undefined
  readonly sent: number
  readonly notSent: number
}

/** Limits of `POST /repos/{owner}/{repo}/check-runs`. */
const limits = { title: 255, name: 255, summary: 65_535, text: 65_535, message: 64 * 1024 - 1, page: 50 }

/** One request for fifty; a token may send 1,000 requests an hour, and 80 a minute that create something. */
export const mostAnnotations = 2500

/**
 * Creates a completed, neutral check run and appends the annotations in pages of fifty. The verdict is the
 * step's; a second red cross for it would count twice. Throws `GithubError` where the token may not do it.
 */
export async function publishCheckRun(api: GithubApi, request: CheckRunRequest): Promise<PublishedCheckRun> {
  const sendable = request.annotations.slice(0, mostAnnotations)
  const output = outputOf(request, sendable.length)
  const pages = pagesOf(sendable.map(annotationOf))
  const path = `/repos/${request.repository}/check-runs`
  const created = await api.request<unknown>('POST', path, {
    name: cutToBytes(request.name, limits.name),
    head_sha: request.sha,
    external_id: request.externalId,
    ...(request.detailsUrl === undefined ? {} : { details_url: request.detailsUrl }),
    status: 'completed',
    conclusion: 'neutral',
    output: { ...output, annotations: pages[0] ?? [] },
  })
  const { id, url } = identityOf(created)
  for (const annotations of pages.slice(1)) {
    await api.request('PATCH', `${path}/${id}`, { output: { ...output, annotations } })
  }
  return { id, url, sent: sendable.length, notSent: totalOf(request) - sendable.length }
}

function totalOf({ annotations, total = 0 }: CheckRunRequest): number {
  return Math.max(annotations.length, total)
}

interface Output {
  readonly title: string
  readonly summary: string
  readonly text?: string
}

function outputOf(request: CheckRunRequest, sent: number): Output {
  const all = totalOf(request)
  const missing =
    sent < all ? `\n\nShowing ${formatValue(sent, 'count')} of ${formatValue(all, 'count')} annotations.` : ''
  const room = limits.summary - Buffer.byteLength(missing)
  const summary = cutToBytes(request.summary, room) + missing
  const title = cutToBytes(request.title, limits.title)
  return request.text ? { title, summary, text: cutToBytes(request.text, limits.text) } : { title, summary }
}

interface CheckRunAnnotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column?: number
  readonly end_column?: number
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title?: string
}

function annotationOf(annotation: Annotation): CheckRunAnnotation {
  const start = annotation.line ?? 1
  const end = Math.max(annotation.endLine ?? start, start)
  const title = cutToBytes(annotation.title, limits.title)
  return {
    // The runner, too, puts what belongs to no file here.
    path: annotation.path ?? '.github',
    start_line: start,
    end_line: end,
    ...(start === end ? columnsOf(annotation) : {}),
    annotation_level: annotation.level === 'error' ? 'failure' : annotation.level,
    message: cutToBytes(annotation.message || annotation.title || 'No message.', limits.message),
    ...(title === '' ? {} : { title }),
  }
}

/** GitHub refuses columns on annotations of several lines. */
function columnsOf({ column, endColumn }: Annotation): { start_column?: number; end_column?: number } {
  if (column === undefined) return {}
  return { start_column: column, end_column: Math.max(endColumn ?? column, column) }
}

function pagesOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / limits.page)
  return Array.from({ length: count }, (_, page) => items.slice(page * limits.page, (page + 1) * limits.page))
}

function identityOf(answer: unknown): { readonly id: number; readonly url: string | undefined } {
  if (typeof answer !== 'object' || answer === null || !('id' in answer) || typeof answer.id !== 'number') {
    throw new TypeError('GitHub created a check run without an id')
  }
  const url = 'html_url' in answer && typeof answer.html_url === 'string' ? answer.html_url : undefined
  return { id: answer.id, url }
}
