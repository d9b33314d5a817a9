import { expect } from 'vitest'

/** Among the messages, one that has this text in it. */
export const said = (text: string): string[] =>
  expect.arrayContaining([expect.stringContaining(text)]) as string[]
