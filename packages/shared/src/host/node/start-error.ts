import { messageOf } from '../../action/errors.ts'

/** Why a process could not be started, for people. */
export function describeStartError(error: unknown, command: string): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      return `${command} was not found, or the interpreter that its first line names was not`
    case 'EACCES':
    case 'EPERM':
      return `${command} may not be executed: permission denied`
    case 'E2BIG':
    case 'ENAMETOOLONG':
      return `the command line of ${command} is too long for this platform`
    case 'ENOEXEC':
    case 'UNKNOWN':
      return `${command} is no program for this platform`
    case 'EINVAL':
      return `${command} cannot be started without a shell; name the program itself, not a batch file`
    case 'EAGAIN':
    case 'ENOMEM':
    case 'EMFILE':
    case 'ENFILE':
      return `the machine has no room for another process (${messageOf(error)})`
    default:
      return `${command} could not be started: ${messageOf(error)}`
  }
}

export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
