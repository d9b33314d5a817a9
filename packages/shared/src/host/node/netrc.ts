import { homedir } from 'node:os'
import { join } from 'node:path'
import { netrcSecrets } from '../tool-environment.ts'
import { nodeFiles } from './files.ts'

/** Passwords of the user's netrc, with which pip, uv and git go to private hosts; to be masked. */
export async function readNetrcSecrets(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): Promise<readonly string[]> {
  const home = env['HOME'] || homedir()
  const usual = platform === 'win32' ? ['.netrc', '_netrc'] : ['.netrc']
  const paths = env['NETRC'] ? [env['NETRC']] : usual.map((name) => join(home, name))
  const texts = await Promise.all(paths.map((path) => nodeFiles.readText(path).catch(() => undefined)))
  return texts.flatMap((text) => netrcSecrets(text ?? ''))
}
