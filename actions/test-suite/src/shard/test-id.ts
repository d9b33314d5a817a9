import { limits } from './limits.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u001f\u007f]/

/** Why an id cannot be given to a runner through a file of one id a line, as a sentence; undefined: it can. */
export function testIdProblem(id: string): string | undefined {
  const why = reason(id)
  return why && `The test ${JSON.stringify(id.slice(0, 100))} ${why}.`
}

function reason(id: string): string | undefined {
  if (id.trim() === '') return 'has no name'
  if (id.length > limits.id) return `has a name longer than ${limits.id} characters`
  if (!id.isWellFormed()) return 'has a name that is not valid Unicode'
  if (control.test(id)) return 'has a line end or another control character in its name'
  if (id.startsWith('-') || id.startsWith('@'))
    return 'begins like an option, and its runner would take it for one'
  if (leavesWorkspace(id.split('::', 1)[0] ?? '')) return 'is outside of the workspace'
  return undefined
}

function leavesWorkspace(path: string): boolean {
  return /^[\\/]|^[A-Za-z]:[\\/]/.test(path) || path.split(/[\\/]/).includes('..')
}

/**
 * How pytest names a test in a JUnit file (`orders.tests.test_tax.TestRates::test_zero[net]`), of the id by which it
 * is chosen (`orders/tests/test_tax.py::TestRates::test_zero[net]`).
 */
export function pytestResultName(nodeId: string): { readonly classname: string; readonly name: string } {
  const bracket = nodeId.indexOf('[')
  const [address, parameters] = bracket < 0 ? [nodeId, ''] : [nodeId.slice(0, bracket), nodeId.slice(bracket)]
  const [path = '', ...names] = address.split('::')
  const module = path.replaceAll('/', '.').replace(/\.py$/, '')
  const classname = [module, ...names.slice(0, -1)].join('.')
  return names.length === 0
    ? { classname: '', name: `${module}${parameters}` }
    : { classname, name: `${names.at(-1)}${parameters}` }
}
