import { expect, it } from 'vitest'
import { parseConfigFile } from '../../../../packages/shared/src/check/config-file.ts'
import { readPythonLock } from './python-locks.ts'

function packages(path: string, text: string) {
  return readPythonLock(parseConfigFile(path, text))?.map(
    ({ name, version, from, dependencies }) => `${name} ${version} ${from} [${dependencies.join(' ')}]`,
  )
}

it('reads uv.lock', () => {
  const text = `version = 1
[[package]]
name = "Invented_Http"
version = "3.0.1"
source = { registry = "https://example.org/simple" }
dependencies = [{ name = "invented-parser", marker = "sys_platform == 'linux'" }]
[[package]]
name = "from-git"
version = "1"
source = { git = "https://example.org/x?rev=1" }
[[package]]
name = "orders"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "invented-http" }]
[package.dev-dependencies]
dev = [{ name = "from-git" }]
`
  expect(packages('uv.lock', text)).toEqual([
    'invented-http 3.0.1 index [invented-parser]',
    'from-git 1 other []',
    'orders 1 own [invented-http from-git]',
  ])
})

it('reads poetry.lock', () => {
  const text = `[[package]]
name = "invented-http"
version = "3.0.1"
[package.dependencies]
Invented_Parser = ">=1"
[[package]]
name = "private"
version = "1"
[package.source]
type = "legacy"
url = "https://example.org/simple"
[[package]]
name = "from-git"
version = "1"
[package.source]
type = "git"
url = "https://example.org/x"
`
  expect(packages('poetry.lock', text)).toEqual([
    'invented-http 3.0.1 index [invented-parser]',
    'private 1 index []',
    'from-git 1 other []',
  ])
})

it('reads pdm.lock', () => {
  const text = `[[package]]
name = "invented-http"
version = "3.0.1"
dependencies = ["invented-parser>=1; python_version > '3'", "other[extra]"]
[[package]]
name = "local"
version = "1"
path = "./local"
`
  expect(packages('pdm.lock', text)).toEqual([
    'invented-http 3.0.1 index [invented-parser other]',
    'local 1 other []',
  ])
})

it('reads Pipfile.lock', () => {
  const text = JSON.stringify({
    default: { 'invented-http': { version: '==3.0.1' }, 'from-git': { git: 'https' } },
    develop: { tool: { version: '==1' } },
  })
  expect(packages('Pipfile.lock', text)).toEqual([
    'invented-http 3.0.1 index []',
    'from-git undefined other []',
    'tool 1 index []',
  ])
})

it.each(['pylock.toml', 'pylock.dev.toml'])('reads %s', (path) => {
  const text = `lock-version = "1.0"
[[packages]]
name = "invented-http"
version = "3.0.1"
dependencies = [{ name = "invented-parser" }]
[[packages]]
name = "here"
[packages.directory]
path = "."
`
  expect(packages(path, text)).toEqual([
    'invented-http 3.0.1 index [invented-parser]',
    'here undefined other []',
  ])
})

it('does not know a lock file that does not parse', () => {
  expect(packages('uv.lock', '[[package')).toBeUndefined()
})
