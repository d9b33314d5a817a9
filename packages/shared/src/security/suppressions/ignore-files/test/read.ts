/** Proposals as tests compare them. */
import { readIgnoreFile } from '../index.ts'

/** Without what is not said. */
export function read(path: string, text: string): readonly unknown[] {
  return JSON.parse(JSON.stringify(readIgnoreFile(path, text)?.proposals ?? []))
}
