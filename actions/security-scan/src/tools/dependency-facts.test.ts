import { expect, it } from 'vitest'
import { projectOf } from '../../../../test/tools/run-case.ts'
import { dependencyOf, placeOf } from './dependency-facts.ts'
import { pythonAudits } from './python-audits.ts'

function facts(files: Readonly<Record<string, string>>, name: string, folder = '') {
  const project = projectOf({ name: 'x', files, folder }, '/project')
  const [audit] = pythonAudits(project)
  if (audit === undefined) throw new Error('nothing to audit')
  const { direct, via } = dependencyOf(audit, { name, version: '1' }, project)
  return { direct, via, ...placeOf(audit, name, project) }
}

it('takes a list that people write for what they ask for', () => {
  expect(facts({ 'requirements.txt': 'b==1\nA_b==1\n' }, 'a-b')).toEqual({
    direct: true,
    via: undefined,
    path: 'requirements.txt',
    line: 2,
  })
})

it('takes a compiled list for what was resolved, and asks where it came from', () => {
  const compiled = { 'requirements.txt': 'a==1\n    # via b\nb==1\n    # via -r requirements.in\n' }
  expect(facts(compiled, 'a').direct).toBeUndefined()
  expect(facts({ ...compiled, 'requirements.in': 'b\n' }, 'a').direct).toBe(false)
  expect(facts({ ...compiled, 'requirements.in': 'b\n' }, 'b').direct).toBe(true)
})

it('finds the line in a list that the audited one takes in', () => {
  const files = {
    'requirements-dev.txt': '-r requirements.txt\ntool==1\n',
    'requirements.txt': 'a==1\nb==1\n',
  }
  expect(facts(files, 'b')).toMatchObject({ path: 'requirements.txt', line: 2, direct: true })
})

it('does not take all of a list with hashes for what somebody asks for', () => {
  expect(facts({ 'requirements.txt': 'a==1 --hash=sha256:aa\n' }, 'a').direct).toBeUndefined()
})

const poetry = `[[package]]
name = "web"
version = "1"
[package.dependencies]
middle = "*"
[[package]]
name = "middle"
version = "1"
[package.dependencies]
Deep_One = "*"
web = "*"
[[package]]
name = "deep-one"
version = "1"
`
const asked = '[tool.poetry.dependencies]\npython = "^3.11"\nWeb = "*"\n'

it('gives the shortest way, also through a circle', () => {
  const files = { 'poetry.lock': poetry, 'pyproject.toml': asked }
  expect(facts(files, 'deep.one')).toEqual({
    direct: false,
    via: ['web', 'middle', 'deep-one'],
    path: 'poetry.lock',
    line: 13,
  })
  expect(facts(files, 'web')).toMatchObject({ direct: true, via: ['web'], line: 2 })
})

it('knows no way to what nothing asks for', () => {
  const files = {
    'poetry.lock': `${poetry}[[package]]\nname = "left-over"\nversion = "1"\n`,
    'pyproject.toml': asked,
  }
  expect(facts(files, 'left-over')).toMatchObject({ direct: false, via: undefined })
})

it('finds the lock file of a workspace above the package', () => {
  const files = { 'poetry.lock': poetry, 'services/api/pyproject.toml': asked }
  expect(facts(files, 'middle', 'services/api').path).toBe('../../poetry.lock')
})

it('knows no line of what a resolver added', () => {
  const files = { 'pyproject.toml': '[project]\ndependencies = [\n  "web>=1",\n]\n' }
  expect(facts(files, 'web')).toMatchObject({ direct: true, line: 3 })
  expect(facts(files, 'we')).toEqual({ direct: false, via: undefined, path: 'pyproject.toml' })
})
