import { expect, it } from 'vitest'
import { readRequirements } from './python-requirements.ts'

function read(text: string) {
  return readRequirements('requirements/base.txt', text)
}

it.each([
  ['flask==3.0.0', 'flask', '3.0.0'],
  ['Flask_Login == 1.0 ; python_version > "3.8"', 'flask-login', '1.0'],
  ['uvicorn[standard]===0.30', 'uvicorn', '0.30'],
  ['flask==3.0.0 --hash=sha256:aa', 'flask', '3.0.0'],
  ['flask==3.0.0  # why', 'flask', '3.0.0'],
  ['flask>=3', 'flask', undefined],
  ['flask==3.*', 'flask', undefined],
  ['flask==3.0,!=3.1', 'flask', undefined],
  ['flask', 'flask', undefined],
])('%j', (line, name, version) => {
  expect(read(line).requirements).toMatchObject([{ name, version, line: 1, elsewhere: false }])
})

it.each([
  'x @ https://example.org/x.whl',
  'git+https://example.org/x',
  './local',
  '-e ./local',
  'https://example.org/x.zip',
])('does not know which version %j is', (line) => {
  expect(read(line).requirements).toMatchObject([{ version: undefined, elsewhere: true }])
})

it('counts the lines as they stand, with continued ones and comments', () => {
  const text =
    '# top\n\na==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via x\nb==2 --hash=sha256:cc\n'
  const { requirements, hashed, compiled } = read(text)
  expect(requirements.map(({ name, line }) => `${name}:${line}`)).toEqual(['a:3', 'b:7'])
  expect({ hashed, compiled }).toEqual({ hashed: true, compiled: true })
})

it('knows the files that it takes in, and options that are none', () => {
  const { requirements, includes } = read(
    '-r ../other.txt\n--requirement=more.txt\n-c limits.txt\n--index-url x\n',
  )
  expect(requirements).toEqual([])
  expect(includes).toEqual(['other.txt', 'requirements/more.txt'])
})
