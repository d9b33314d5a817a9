/** Files of the machine. */
import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { createReadStream } from 'node:fs'
import {
  appendFile,
  chmod,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStatus, Files } from '../ports.ts'
import { errorCode } from './start-error.ts'

export const nodeFiles: Files = {
  status: async (path) => {
    const found = await unlessMissing(lstat(path))
    return found === undefined ? undefined : statusOf(found)
  },
  read: (path) => unlessMissing(readFile(path)),
  readText: async (path) => {
    const bytes = await unlessMissing(readFile(path))
    return bytes === undefined ? undefined : decodeText(bytes)
  },
  stream: (path) => createReadStream(path),
  write: writeInOneStep,
  create: createFile,
  append: (path, content) => appendFile(path, content),
  list: async (path) => ((await unlessMissing(readdir(path))) ?? []).sort(),
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true })
  },
  // Virus scanners hold files open on Windows for a moment.
  remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  rename: retryWhileBusy,
  copy: (from, to) => cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true }),
  realPath: (path) => unlessMissing(realpath(path)),
}

/** A byte order mark is dropped, as Python and the parsers of configuration files do. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes)
}

function statusOf(found: Stats): FileStatus {
  const kind = found.isFile()
    ? 'file'
    : found.isDirectory()
      ? 'folder'
      : found.isSymbolicLink()
        ? 'link'
        : 'other'
  const executable = process.platform === 'win32' ? undefined : (found.mode & 0o100) !== 0
  return { kind, bytes: found.size, modifiedMs: found.mtimeMs, executable }
}

/** A reader sees the old content or the new one, never a part, also when we are killed half-way. */
async function writeInOneStep(
  path: string,
  content: string | Uint8Array,
  { executable = false }: { readonly executable?: boolean } = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`)
  try {
    await writeFile(temporary, content, { flag: 'wx' })
    const old = await unlessMissing(stat(path))
    if (executable) await chmod(temporary, 0o755)
    else if (old !== undefined) await chmod(temporary, old.mode)
    await retryWhileBusy(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function createFile(path: string, content: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(path, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Windows refuses to replace a file that somebody reads. */
async function retryWhileBusy(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rename(from, to)
    } catch (error) {
      const busy = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')
      if (process.platform !== 'win32' || !busy || attempt === 5) throw error
      await new Promise((resolve) => setTimeout(resolve, attempt * 50))
    }
  }
}

/** A folder where a file was expected is no such file either. */
async function unlessMissing<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
}
