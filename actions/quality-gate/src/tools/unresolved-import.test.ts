import { expect, it } from 'vitest'
import { projectOf } from '../../../../test/tools/run-case.ts'
import { countImport } from './unresolved-import.ts'

const files = {
  'src/orders/__init__.py': '',
  'src/orders/api.py': '',
  'src/orders/plugins/one.py': '',
  'tests/test_api.py': '',
}
const project = projectOf({ name: 'x', files }, '/project')

it.each([
  ['requests', 'a dependency'],
  ['requests.sessions', 'a dependency'],
  [undefined, 'a dependency'],
  // It is there, so the tool only does not find it.
  ['orders', 'a dependency'],
  ['orders.api', 'a dependency'],
  ['orders.plugins', 'a dependency'],
  ['orders.apj', 'a mistake'],
  ['orders.api.missing', 'a mistake'],
])('takes the import of %s for %s', (module, what) => {
  const counted = countImport(module, project, 'type-errors')
  const mistake = { metric: 'type-errors', level: 'error' }
  expect(counted).toEqual(what === 'a mistake' ? mistake : { metric: 'unresolved-imports', level: 'warning' })
})
