/** What a project asks for, changed as little as lets a version in and keeps older ones out. Pure. */
import { poetrySpecifiers, pythonVersionFits } from '@ci-actions/shared'

export interface RaisedSpecifier {
  readonly specifier: string
  /** Whether the old one did not let the version in. */
  readonly beyond: boolean
}

/** Of PEP 440, such as `>=1,<2`; undefined where one must not guess. */
export function raisePythonSpecifier(specifier: string, version: string): RaisedSpecifier | undefined {
  const clauses = specifier
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
  // One exact version says nothing about which others would do.
  const beyond = !/^===?[^,*]*$/.test(specifier) && pythonVersionFits(version, specifier) === false
  const raised: string[] = []
  let bound = false
  for (const clause of clauses) {
    const [, operator = '', text = ''] = /^(===|==|~=|!=|<=|>=|<|>)\s*(\S+)$/.exec(clause) ?? []
    if (operator === '') return undefined
    if (['>=', '>', '==', '===', '~='].includes(operator)) {
      const next = raisedBound(operator, text, version)
      if (next === undefined || bound) return undefined
      bound = true
      raised.push(next)
    } else if (operator === '!=' || pythonVersionFits(version, clause) === true) raised.push(clause)
    // A limit that keeps the version out goes; where there is one, who raises it has to look at what changed.
  }
  const all = (bound ? raised : [`>=${version}`, ...raised]).join(',')
  return pythonVersionFits(version, all) === true ? { specifier: all, beyond } : undefined
}

function raisedBound(operator: string, text: string, version: string): string | undefined {
  if (operator === '>') return `>=${version}`
  if (text.endsWith('.*')) return undefined
  // One number alone says nothing about which of them may grow.
  return operator === '~=' && !version.includes('.') ? undefined : `${operator}${version}`
}

/** A constraint as Poetry writes it keeps its sign: `^1.2` becomes `^1.4.2`. Undefined where one must not guess. */
export function raisePoetryConstraint(constraint: string, version: string): RaisedSpecifier | undefined {
  const [, sign] = /^(\^|~|>=|==?|)\s*v?\d[\w.+-]*$/.exec(constraint.trim()) ?? []
  if (sign === undefined) return undefined
  const raised = `${sign}${version}`
  if (poetryFits(constraint, version) === undefined || poetryFits(raised, version) !== true) return undefined
  return { specifier: raised, beyond: poetryFits(constraint, version) === false }
}

function poetryFits(constraint: string, version: string): boolean | undefined {
  const answers = poetrySpecifiers(constraint)?.map((each) => pythonVersionFits(version, each))
  return answers === undefined || answers.includes(undefined) ? undefined : answers.includes(true)
}
