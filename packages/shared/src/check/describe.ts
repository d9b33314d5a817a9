/** Says in words what the run was compared with. Pure. */
import type { Base } from '../git/base.ts'
import type { BaseReport } from '../report/report.ts'
import type { ComparedOutcome, FileChange } from './comparison.ts'

export function describeComparison(
  base: Base,
  compared: readonly ComparedOutcome[],
  changes: readonly FileChange[],
): BaseReport {
  if (base.kind === 'none') {
    const baseline = namesOf(compared, 'baseline')
    const instead =
      baseline === '' ? 'what is new is not known' : `${baseline} compared with the baseline file`
    return { message: `No base: ${base.why.replace(/\.$/, '')}; ${instead}.` }
  }
  const how = [
    sentence(
      namesOf(compared, 'run'),
      `by running them on the base version of the ${count(changes.length, 'changed file')}`,
    ),
    sentence(namesOf(compared, 'stored'), 'from the stored result of the base commit'),
    sentence(namesOf(compared, 'baseline'), 'from the baseline file'),
    sentence(
      namesOf(compared, 'lines'),
      'from the lines that changed, since no result of the base is stored yet',
    ),
  ].filter((part) => part !== '')
  const ways = how.length === 0 ? '' : ` What is new was found: ${how.join('; ')}.`
  const found = changes.length === 0 ? ' No file differs from it.' : ways
  return {
    message: `${base.message}${found}`,
    sha: base.sha,
    ...(base.ref !== undefined && { ref: base.ref }),
  }
}

function namesOf(compared: readonly ComparedOutcome[], how: ComparedOutcome['knowledge']): string {
  const names = compared.filter(({ knowledge }) => knowledge === how).map(({ outcome }) => outcome.tool.name)
  return [...new Set(names)].join(', ')
}

function sentence(names: string, how: string): string {
  return names === '' ? '' : `${names} ${how}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
