/** One comment on a pull request, written once and then kept up to date. */
import { GithubError } from '../action/errors.ts'
import type { GithubApi } from '../host/ports.ts'
import { cutToBytes } from './text-limit.ts'

export interface CommentRequest {
  /** `owner/name`. */
  readonly repository: string
  /** Number of the pull request. */
  readonly issue: number
  /** Markdown; the marker is put in front unless it is in there. */
  readonly body: string
  /** A whole HTML comment, from `commentMarker`. */
  readonly marker: string
  /** `on-failure` writes no comment for a good verdict, but turns an earlier one green. */
  readonly when: 'on-failure' | 'always'
  /** The verdict is not a good one. */
  readonly failed: boolean
}

export interface PublishedComment {
  readonly done: 'created' | 'updated' | 'unchanged' | 'nothing'
  readonly url?: string | undefined
}

/** The API takes 65,536 characters. */
const longestBody = 65_536

/** Comments are looked through in pages of 100, up to this many pages; beyond, a second comment is the lesser evil. */
const mostPages = 30

/** The hidden line that makes a comment ours; `key` names this use of the action, with job and matrix leg. */
export function commentMarker(key: string): string {
  return `<!-- ci-actions: ${encodeURIComponent(key.toWellFormed()).replaceAll('-', '%2D')} -->`
}

/**
 * Creates the comment with this marker, or updates it in place. Comments of other authors are never touched,
 * whatever they hold, and none is deleted. Throws `GithubError` where the token may not write.
 */
export async function publishComment(api: GithubApi, request: CommentRequest): Promise<PublishedComment> {
  const existing = await findComment(api, request)
  const body = bodyOf(request)
  if (existing?.body.replaceAll('\r\n', '\n').trim() === body) return { done: 'unchanged', url: existing.url }
  if (existing) {
    const url = await update(api, request, existing.id, body)
    if (url !== undefined) return { done: 'updated', url }
  }
  if (request.when === 'on-failure' && !request.failed) return { done: 'nothing' }
  const path = `/repos/${request.repository}/issues/${request.issue}/comments`
  return { done: 'created', url: urlOf(await api.request<unknown>('POST', path, { body })) }
}

function bodyOf({ body, marker }: CommentRequest): string {
  const text = body.replaceAll('\r\n', '\n').trim()
  const marked = text.startsWith(marker) || (text.endsWith(marker) && Buffer.byteLength(text) <= longestBody)
  return cutToBytes(marked ? text : `${marker}\n${text}`, longestBody)
}

/** Undefined where the comment was deleted since it was found. */
async function update(
  api: GithubApi,
  request: CommentRequest,
  id: number,
  body: string,
): Promise<string | undefined> {
  const path = `/repos/${request.repository}/issues/comments/${id}`
  try {
    return urlOf(await api.request<unknown>('PATCH', path, { body })) ?? ''
  } catch (error) {
    if (error instanceof GithubError && (error.status === 404 || error.status === 410)) return undefined
    throw error
  }
}

interface Comment {
  readonly id: number
  readonly body: string
  readonly author: string
  readonly bot: boolean
  readonly url: string | undefined
}

async function findComment(api: GithubApi, request: CommentRequest): Promise<Comment | undefined> {
  const path = `/repos/${request.repository}/issues/${request.issue}/comments`
  const isOurs = authorCheck(api)
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await api.request<unknown>('GET', `${path}?per_page=100&page=${page}`)
    const entries: readonly unknown[] = Array.isArray(answer) ? answer : []
    for (const comment of entries.flatMap((entry) => commentOf(entry) ?? [])) {
      if (hasMarker(comment.body, request.marker) && (await isOurs(comment))) return comment
    }
    if (entries.length < 100) return undefined
  }
  return undefined
}

/** At an end of the text; a comment that quotes it somewhere is none of ours. */
function hasMarker(body: string, marker: string): boolean {
  const text = body.trim()
  return text.startsWith(marker) || text.endsWith(marker)
}

/**
 * A token of an app (`GITHUB_TOKEN` is one) may not ask who it is: then comments of bots count as ours. A token
 * of a person may, and then only that person's comments do. Asked once, and only if a marker was found.
 */
function authorCheck(api: GithubApi): (comment: Comment) => Promise<boolean> {
  let login: Promise<string | undefined> | undefined
  return async (comment) => {
    login ??= api.request<unknown>('GET', '/user').then(loginOf, notAllowed)
    const self = await login
    return self === undefined ? comment.bot : comment.author === self
  }
}

function notAllowed(error: unknown): undefined {
  if (error instanceof GithubError) return undefined
  throw error
}

function loginOf(user: unknown): string | undefined {
  if (typeof user !== 'object' || user === null || !('login' in user)) return undefined
  return typeof user.login === 'string' ? user.login : undefined
}

function commentOf(entry: unknown): Comment | undefined {
  if (typeof entry !== 'object' || entry === null || !('id' in entry) || !('body' in entry)) return undefined
  const { id, body } = entry
  if (typeof id !== 'number' || typeof body !== 'string') return undefined
  const user = 'user' in entry ? entry.user : undefined
  const bot = typeof user === 'object' && user !== null && 'type' in user && user.type === 'Bot'
  return { id, body, author: loginOf(user) ?? '', bot, url: urlOf(entry) }
}

function urlOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('html_url' in answer)) return undefined
  return typeof answer.html_url === 'string' ? answer.html_url : undefined
}
