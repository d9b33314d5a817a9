/** Files whose content decides, and that therefore may be missing but not unreadable. */
import type { Files } from '../host/ports.ts'
import { messageOf, UserError } from './errors.ts'

/**
 * Undefined where there is no such file. Throws a `UserError` where there is one and it cannot be read: to go on
 * without it would judge by other rules than those that were written down. `shown` names it for people.
 */
export async function readNeeded(files: Files, path: string, shown: string): Promise<string | undefined> {
  try {
    return await files.readText(path)
  } catch (error) {
    throw new UserError(
      `\`${shown}\` cannot be read (${messageOf(error)}). Let the user that runs this read it, or remove it.`,
    )
  }
}
