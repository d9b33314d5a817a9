/** Long file lists, cut so that each command line fits the platform. */

/**
 * Budget for the arguments of one command. Linux allows 128 KiB for one argument and 2 MiB for all with the
 * environment, macOS 1 MiB for all; 100 KB leaves room for any environment. Windows allows 32,767 UTF-16 units
 * for the whole line, quotes included.
 */
const commandLineLimits = { linux: 100_000, darwin: 100_000, win32: 30_000 } as const

export type Platform = keyof typeof commandLineLimits

/**
 * Splits `files` into lists that fit behind `fixed` (program and arguments), in order. A file that does not fit
 * alone still gets a list of its own; without files there is one empty list.
 */
export function splitFiles(
  fixed: readonly string[],
  files: readonly string[],
  platform: Platform,
): readonly (readonly string[])[] {
  const cost = platform === 'win32' ? windowsCost : posixCost
  const budget = commandLineLimits[platform] - sum(fixed.map(cost))
  const lists: string[][] = [[]]
  let used = 0
  for (const file of files) {
    const bytes = cost(file)
    if (used > 0 && used + bytes > budget) {
      lists.push([])
      used = 0
    }
    lists.at(-1)?.push(file)
    used += bytes
  }
  return lists
}

/** Bytes with the closing zero and the pointer to it. */
function posixCost(argument: string): number {
  return Buffer.byteLength(argument) + 9
}

/** UTF-16 units with quotes and a space; each quote or backslash may need another backslash. */
function windowsCost(argument: string): number {
  return argument.length + (argument.match(/["\\]/g)?.length ?? 0) + 3
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
