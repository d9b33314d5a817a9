/** Weaknesses that tools give different numbers to, though they mean the same line of code. https://cwe.mitre.org */

/** Families by the number that stands for them in an identity. A number in none is its own family. */
export const cweFamilies: Readonly<Record<number, readonly number[]>> = {
  22: [23, 35, 36, 73],
  78: [77, 88],
  79: [80, 83, 87],
  89: [564],
  94: [95, 96, 1336],
  295: [296, 297, 298, 299, 599],
  319: [523],
  327: [326, 328, 759, 760, 916, 1240],
  330: [331, 335, 337, 338, 340],
  377: [378, 379],
  611: [776, 827],
  732: [276, 277, 278, 279],
  798: [259, 321],
  1321: [915],
  1333: [730],
}

/** Numbers too general to say that two findings are one: pillars, and "improper input validation". */
export const generalCwes: readonly number[] = [20, 74, 284, 664, 682, 691, 693, 697, 703, 707, 710]

/**
 * What rules are about whose tool says nothing, or something too general or beside it: `eval` is not a command of the
 * shell, and unsafe YAML is more than unvalidated input. Names as {@link ruleName} makes them.
 */
export const cweOfRule: Readonly<Record<string, number>> = {
  // Bandit
  b102: 94,
  b307: 94,
  b506: 502,
  ...Object.fromEntries(['b313', 'b314', 'b315', 'b316', 'b317', 'b318', 'b319'].map((rule) => [rule, 611])),
  ...Object.fromEntries(['b405', 'b406', 'b407', 'b408', 'b409', 'b411'].map((rule) => [rule, 611])),
  // eslint-plugin-security
  'detect-bidi-characters': 838,
  'detect-child-process': 78,
  'detect-disable-mustache-escape': 79,
  'detect-eval-with-expression': 94,
  'detect-no-csrf-before-method-override': 352,
  'detect-non-literal-fs-filename': 22,
  'detect-non-literal-regexp': 1333,
  'detect-object-injection': 1321,
  'detect-possible-timing-attacks': 208,
  'detect-pseudorandombytes': 330,
  'detect-unsafe-regex': 1333,
  // Ruff's rules of flake8-bandit
  s102: 94,
  s105: 798,
  s106: 798,
  s107: 798,
  s301: 502,
  s307: 94,
  s324: 327,
  s501: 295,
  s506: 502,
  s602: 78,
  s605: 78,
  s608: 89,
}

const headOf: ReadonlyMap<number, number> = new Map(
  Object.entries(cweFamilies).flatMap(([head, members]) => members.map((each) => [each, Number(head)])),
)

/** The number that stands for its family; undefined for one that is too general, or none. */
export function cweFamily(cwe: number): number | undefined {
  if (!Number.isSafeInteger(cwe) || cwe < 1 || generalCwes.includes(cwe)) return undefined
  return headOf.get(cwe) ?? cwe
}

/** A rule's own name, in lower case: without its plugin's or rule file's, such as `security/` or `python.lang.`. */
export function ruleName(rule: string): string {
  const last = rule.split(/[/.:]/).findLast((part) => /[a-z0-9]/i.test(part)) ?? rule
  return last
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
