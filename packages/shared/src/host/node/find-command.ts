import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'

type Platform = NodeJS.Platform
type Environment = Readonly<Record<string, string>>

/**
 * Absolute path of a command. A name is looked up in PATH of `env`, where folders that are not absolute are
 * passed over: with `.` in PATH a repository could bring its own `git`. A relative path is never found.
 */
export async function findCommand(
  command: string,
  env: Environment,
  platform: Platform = process.platform,
): Promise<string | undefined> {
  const path = platform === 'win32' ? win32 : posix
  const endings = platform === 'win32' ? executableEndings(command, env) : ['']
  const folders = path.isAbsolute(command)
    ? ['']
    : command === path.basename(command)
      ? pathFolders(env, platform)
      : []
  for (const folder of folders) {
    for (const ending of endings) {
      const candidate = path.join(folder, command + ending)
      if (await isExecutable(candidate)) return candidate
    }
  }
  return undefined
}

function pathFolders(env: Environment, platform: Platform): string[] {
  const path = platform === 'win32' ? win32 : posix
  return variable(env, 'PATH', platform)
    .split(path.delimiter)
    .map((folder) => (platform === 'win32' ? folder.replaceAll('"', '') : folder))
    .filter((folder) => path.isAbsolute(folder))
}

/** With an extension of its own, a command is tried as it is first, as `cmd` does. */
function executableEndings(command: string, env: Environment): string[] {
  const endings = (variable(env, 'PATHEXT', 'win32') || '.COM;.EXE;.BAT;.CMD')
    .split(';')
    .filter((ending) => ending !== '')
  return win32.extname(command) === '' ? endings : ['', ...endings]
}

/** Names of variables have no case on Windows: there it is usually `Path`. */
function variable(env: Environment, name: string, platform: Platform): string {
  if (platform !== 'win32') return env[name] ?? ''
  return Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1] ?? ''
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
