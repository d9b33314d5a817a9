/**
 * Writes test/fixtures/versions/: how Python's `packaging` and npm's `semver` order versions, and what their ranges let
 * in, so that ours can be held against them. Needs a Python with `packaging`.
 *
 *   node --conditions=source scripts/version-fixtures.ts
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../test/fixtures/versions')

/** Groups of equal versions, oldest first; and for each range those of all versions that it lets in. */
const python = `
import json
from itertools import groupby, product
from packaging.specifiers import SpecifierSet
from packaging.version import Version
releases = ["0", "0.9", "1", "1.0", "1.0.0", "1.0.1", "1.9", "1.10", "2.0", "2023.7.22"]
tails = ["", "a1", ".alpha.1", "b2", "rc1", "-c1", ".post1", "-1", ".dev3", "rc1.dev4", ".post1.dev2", "+local.1", "+7"]
versions = [r + t for r, t in product(releases, tails)] + ["1!0.1", "v1.2", "1!1.0.dev1"]
ordered = sorted(versions, key=lambda v: (Version(v), v))
ranges = ["", ">=1.0", ">=1.0,<2", "==1.0", "==1.*", "~=1.0", "~=1.0.0", "!=1.9", "<1.10", ">1.0", "<=1.10", "===1.0", ">=1,!=1.9,<2.0"]
print(json.dumps({
  "ordered": [list(group) for _, group in groupby(ordered, key=Version)],
  "ranges": {r: sorted(v for v in versions if SpecifierSet(r).contains(v, prereleases=True)) for r in ranges},
}))
`

const node = `
const semver = require('semver')
const releases = ['0.0.0', '0.0.3', '0.2.0', '0.2.9', '0.10.0', '1.0.0', '1.2.3', '1.2.10', '1.10.0', '2.0.0', '10.0.0']
const tails = ['', '-0', '-1', '-alpha', '-alpha.1', '-alpha.beta', '-beta.2', '-beta.11', '-rc.1', '+build.5']
const versions = releases.flatMap((release) => tails.map((tail) => release + tail)).sort(semver.compare)
const ordered = []
for (const version of versions) {
  const last = ordered.at(-1)
  if (last && semver.compare(last[0], version) === 0) last.push(version)
  else ordered.push([version])
}
const ranges = ['^1.2.3', '^0.2.0', '^0.0.3', '^0', '^1', '^1.2.3-beta.2', '~1.2.3', '~1.2', '~1', '1.2.x', '1', '1.2', '*', '', '>=1.2.3 <2.0.0', '>1.2', '<=1.2', '<1.2.3', '^0.2.0 || ^1.0.0', '1.2.3', '=1.2.3', '>= 1.2.3']
const fits = (range) => versions.filter((version) => semver.satisfies(version, range))
console.log(JSON.stringify({ ordered, ranges: Object.fromEntries(ranges.map((range) => [range, fits(range)])) }))
`

mkdirSync(folder, { recursive: true })
for (const [name, command, args] of [
  ['pep440', 'python3', ['-c', python]],
  ['semver', process.execPath, ['-e', node]],
] as const) {
  const found: unknown = JSON.parse(execFileSync(command, args, { encoding: 'utf8' }))
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(found, null, 1)}\n`)
}
