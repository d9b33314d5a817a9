/** Which Flake8 plugin brings which codes, to tell when the configuration selects codes that nobody provides. */

/**
 * From the beginning of a code to the distribution that brings it; codes that several distributions bring, such as
 * I, are left out. Codes of Flake8 itself are C9, E, F and W.
 */
const distributions: Readonly<Record<string, string>> = {
  A: 'flake8-builtins',
  ANN: 'flake8-annotations',
  ASYNC: 'flake8-async',
  B: 'flake8-bugbear',
  BLK: 'flake8-black',
  C4: 'flake8-comprehensions',
  C81: 'flake8-commas',
  CCR: 'flake8-cognitive-complexity',
  D: 'flake8-docstrings',
  DAR: 'darglint',
  DJ: 'flake8-django',
  DTZ: 'flake8-datetimez',
  EM: 'flake8-errmsg',
  ERA: 'flake8-eradicate',
  EXE: 'flake8-executable',
  FBT: 'flake8-boolean-trap',
  G: 'flake8-logging-format',
  INP: 'flake8-no-pep420',
  ISC: 'flake8-implicit-str-concat',
  LOG: 'flake8-logging',
  N: 'pep8-naming',
  NQA: 'flake8-noqa',
  PIE: 'flake8-pie',
  PT: 'flake8-pytest-style',
  PTH: 'flake8-use-pathlib',
  Q: 'flake8-quotes',
  RET: 'flake8-return',
  RST: 'flake8-rst-docstrings',
  S: 'flake8-bandit',
  SIM: 'flake8-simplify',
  SLF: 'flake8-self',
  T1: 'flake8-debugger',
  T2: 'flake8-print',
  TC: 'flake8-type-checking',
  TRY: 'tryceratops',
  WPS: 'wemake-python-styleguide',
  Y: 'flake8-pyi',
  YTT: 'flake8-2020',
}

/** The distributions that codes such as `B950` or `C4` need; none for Flake8's own and for unknown ones. */
export function pluginsForCodes(codes: readonly string[]): readonly string[] {
  const needed = codes.flatMap((code) => {
    const letters = /^[A-Z]+/.exec(code)?.[0] ?? ''
    const prefix = Object.keys(distributions)
      .filter((each) => code.startsWith(each) && (/\d$/.test(each) || each === letters))
      .sort((a, b) => b.length - a.length)[0]
    return prefix === undefined ? [] : [distributions[prefix] ?? '']
  })
  return [...new Set(needed)].sort()
}
