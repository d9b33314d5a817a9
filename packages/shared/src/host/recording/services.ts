import { UnavailableError } from '../../action/errors.ts'
import type { GithubApi, Http, HttpRequest, HttpResponse } from '../ports.ts'

export interface ScriptedResponse {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Undefined: that host is not reached. */
export type HttpScript = (
  request: HttpRequest,
) => ScriptedResponse | undefined | Promise<ScriptedResponse | undefined>

export function scriptedHttp(script: HttpScript) {
  const requests: HttpRequest[] = []
  const http: Http = {
    request: async (request): Promise<HttpResponse> => {
      requests.push(request)
      const response = await script(request)
      if (response === undefined)
        throw new UnavailableError(new URL(request.url).host, 'getaddrinfo ENOTFOUND')
      const { body = '' } = response
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      return { status: response.status ?? 200, headers: response.headers ?? {}, body: bytes }
    },
  }
  return { http, requests }
}

export interface GithubRequest {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/** What the API answers; it may throw `GithubError` or `UnavailableError`. */
export type GithubScript = (request: GithubRequest) => unknown

export function scriptedGithub(script: GithubScript) {
  const requests: GithubRequest[] = []
  const github: GithubApi = {
    request: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const request = { method, path, body }
      requests.push(request)
      // Through JSON, as over the wire: the answer is nobody's object, and undefined members are gone.
      return JSON.parse(JSON.stringify((await script(request)) ?? null))
    },
  }
  return { github, requests }
}
