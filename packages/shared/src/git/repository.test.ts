import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nodeProcesses } from '../host/node/processes.ts'
import type { Processes, ProcessRequest } from '../host/ports.ts'
import { obtainCommit } from './commit.ts'
import { gitReason, openRepository } from './repository.ts'
import { event, git, scratchFolder, scratchHost, scratchRepository, writeTree } from './test/scratch.ts'

/** The real processes, and what was asked of them. */
function recorded(): Processes & { readonly requests: ProcessRequest[] } {
  const real = nodeProcesses(new AbortController().signal)
  const requests: ProcessRequest[] = []
  return {
    requests,
    find: real.find,
    run: (request) => {
      requests.push(request)
      return real.run(request)
    },
  }
}

const isRoot = process.getuid?.() === 0

/** The repository, owned by a user that nobody is. */
function foreignRepository(): string {
  const folder = scratchRepository()
  execFileSync('chown', ['-R', '4321:4321', folder])
  return folder
}

describe('openRepository', () => {
  it('opens from a folder below the top', async () => {
    const folder = scratchRepository({ 'sub/deep/a.py': 'x\n' })
    const repository = await openRepository(scratchHost(folder), join(folder, 'sub/deep'))
    expect(repository?.top).toBe(folder)
  })

  it('spells the top as it was asked for', async () => {
    const folder = scratchRepository({ 'sub/a.py': 'x\n' })
    const link = join(scratchFolder(), 'link')
    symlinkSync(folder, link)
    expect((await openRepository(scratchHost(link), join(link, 'sub')))?.top).toBe(link)
    const inner = join(scratchFolder(), 'inner')
    symlinkSync(join(folder, 'sub'), inner)
    expect((await openRepository(scratchHost(inner), inner))?.top).toBe(folder)
  })

  it('opens a top with a newline in its name', async () => {
    const folder = join(scratchFolder(), 'new\nline')
    mkdirSync(folder)
    git(folder, 'init', '--quiet')
    expect((await openRepository(scratchHost(folder), folder))?.top).toBe(folder)
  })

  it('finds no repository where there is none, or no git', async () => {
    const folder = scratchFolder()
    const env = { GIT_CEILING_DIRECTORIES: join(folder, '..') }
    expect(await openRepository(scratchHost(folder, { env }), folder)).toBeUndefined()
    expect(await openRepository(scratchHost(folder, { env }), join(folder, 'missing'))).toBeUndefined()
    const repository = scratchRepository()
    expect(
      await openRepository(scratchHost(repository, { env: { PATH: '/nonexistent' } }), repository),
    ).toBeUndefined()
  })

  it.runIf(isRoot)(
    "opens another user's checkout on a runner, and keeps the user's configuration",
    async () => {
      const folder = foreignRepository()
      const home = scratchFolder()
      writeTree(home, { '.gitconfig': '[user]\n\tname = Grace\n' })
      const host = scratchHost(folder, { env: { HOME: home, GIT_CONFIG_GLOBAL: join(home, '.gitconfig') } })
      const repository = await openRepository(host, folder)
      expect(repository?.top).toBe(folder)
      expect((await repository?.git(['config', 'user.name']))?.stdout).toBe('Grace\n')
      expect(readFileSync(join(home, '.gitconfig'), 'utf8')).not.toContain('safe')
    },
  )

  it.runIf(isRoot)("does not open another user's repository on a laptop", async () => {
    const folder = foreignRepository()
    const opening = openRepository(scratchHost(folder, { kind: 'local' }), folder)
    await expect(opening).rejects.toThrow('git config --global --add safe.directory')
  })

  it('reads no configuration of the repository that starts programs', async () => {
    const folder = scratchRepository()
    const hooks = scratchFolder()
    git(folder, 'config', 'core.fsmonitor', `touch "${join(hooks, 'ran')}"; false`)
    const repository = await openRepository(scratchHost(folder), folder)
    await repository?.git(['status'])
    expect(await repository?.files.status(join(hooks, 'ran'))).toBeUndefined()
  })
})

describe('git of a repository', () => {
  it('counts an answer that is too long as failed', async () => {
    const folder = scratchRepository({ 'a.txt': 'x'.repeat(10_000) })
    const repository = await openRepository(scratchHost(folder), folder)
    const answer = await repository?.git(['show', 'HEAD:a.txt'], { maxBytes: 1000 })
    expect(answer).toMatchObject({ exitCode: -1, stdout: '' })
  })

  it('names the reason without credentials', () => {
    const stderr = "warning: x\nfatal: unable to access 'https://ada:secret@github.com/o/r/': 403\n"
    const answer = { exitCode: 128, stdout: '', stderr }
    expect(gitReason(answer)).toBe("fatal: unable to access 'https://github.com/o/r/': 403")
  })
})

/** Answers 404 to everything and keeps the headers. */
async function recordingServer(): Promise<{ readonly url: string; readonly headers: IncomingHttpHeaders[] }> {
  const headers: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    headers.push({ ...request.headers, raw: request.rawHeaders.join('\n') })
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, headers }
}

describe('the token', () => {
  const token = 'ghs_secret-of-this-test'
  const encoded = Buffer.from(`x-access-token:${token}`).toString('base64')

  it('goes to the server in one header, never into an argument, and is masked', async () => {
    const { url, headers } = await recordingServer()
    const folder = scratchRepository()
    git(folder, 'remote', 'add', 'origin', `${url}/o/r`)
    git(folder, 'config', `http.${url}/.extraheader`, 'AUTHORIZATION: basic left-by-checkout')
    const processes = recorded()
    const masked: string[] = []
    const host = scratchHost(folder, { event: event('push', { serverUrl: url }), processes, masked })
    const repository = await openRepository(host, folder, token)
    if (!repository) throw new Error('did not open')
    const { why } = await obtainCommit(repository, 'a'.repeat(40), false)
    expect(why).toContain('could not be fetched')
    expect(headers[0]?.authorization).toBe(`basic ${encoded}`)
    expect(String(headers[0]?.['raw']).match(/authorization/gi)).toHaveLength(1)
    expect(headers.at(-1)?.authorization).toBe('basic left-by-checkout')
    expect(masked).toEqual([encoded])
    const given = processes.requests.filter((request) => Object.values(request.env).join().includes(encoded))
    expect(given.map((request) => request.args.includes('fetch'))).toEqual([true])
    const args = processes.requests.flatMap((request) => request.args).join()
    expect(args).not.toContain(encoded)
    expect(args).not.toContain(token)
  })

  it('is not sent to another server', async () => {
    const { url, headers } = await recordingServer()
    const folder = scratchRepository()
    git(folder, 'remote', 'add', 'origin', `${url}/o/r`)
    const repository = await openRepository(scratchHost(folder, { event: event('push') }), folder, token)
    if (!repository) throw new Error('did not open')
    await obtainCommit(repository, 'a'.repeat(40), false)
    expect(headers.length).toBeGreaterThan(0)
    expect(headers.every((each) => each.authorization === undefined)).toBe(true)
  })
})
