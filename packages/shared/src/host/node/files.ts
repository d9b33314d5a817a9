/**
 * Files of the machine. What takes the system some microseconds is asked for at once: a thread of the pool takes thirty
 * times as long to answer, mostly because it has to be woken.
 */
import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { createReadStream, lstatSync, realpathSync } from 'node:fs'
import {
  appendFile,
  chmod,
  cp,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStatus, Files } from '../ports.ts'
import { readSmallFile } from './small-file.ts'
import { errorCode } from './start-error.ts'
import { writePieces } from './write-pieces.ts'

export const nodeFiles: Files = {
  status: async (path) => {
    const found = await unlessMissing(() => lstatSync(path))
    return found === undefined ? undefined : statusOf(found)
  },
  read: readBytes,
  readText: async (path) => {
    const bytes = await readBytes(path)
    return bytes === undefined ? undefined : decodeText(bytes)
  },
  stream: (path) => createReadStream(path),
  write: writeInOneStep,
  create: createFile,
  append: (path, content) => appendFile(path, content),
  list: async (path) => ((await unlessMissing(() => readdir(path))) ?? []).sort(),
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true })
  },
  // Virus scanners hold files open on Windows for a moment.
  remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  rename: retryWhileBusy,
  copy: (from, to) => cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true }),
  realPath: (path) => unlessMissing(() => realpathSync.native(path)),
}

/** A byte order mark is dropped, as Python and the parsers of configuration files do. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes)
}

function readBytes(path: string): Promise<Uint8Array | undefined> {
  return unlessMissing(() => readSmallFile(path) ?? readFile(path))
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
  content: string | Uint8Array | Iterable<string>,
  { executable = false }: { readonly executable?: boolean } = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`)
  try {
    await writeNew(temporary, content)
    const old = await unlessMissing(() => stat(path))
    if (executable) await chmod(temporary, 0o755)
    else if (old !== undefined) await chmod(temporary, old.mode)
    await retryWhileBusy(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function writeNew(path: string, content: string | Uint8Array | Iterable<string>): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array)
    return writeFile(path, content, { flag: 'wx' })
  await using file = await open(path, 'wx')
  await writePieces(file, content)
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
async function unlessMissing<T>(ask: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
}
