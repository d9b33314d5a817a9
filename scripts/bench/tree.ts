/**
 * The tree that the benchmark runs on: part of Django, pinned by hash. From the wheel, whose modules are those of the
 * source distribution: of that, pip would run the build backend even to download it.
 */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { git } from '../example-repository.ts'

const requirement =
  'django==5.2.8 --hash=sha256:37e687f7bd73ddf043e2b6b97cfe02fcbb11f2dbb3adccc6a2b18c6daa054d7f'
const parts = ['db', 'http', 'core', 'forms', 'template', 'utils']

/** Every tool reads its configuration from here; Pylint and Flake8 have the settings of many a project. */
const configuration = `[tool.black]
line-length = 88

[tool.isort]
profile = "black"

[tool.mypy]
ignore_missing_imports = true

[tool.ruff]
line-length = 88

[tool.pylint."messages control"]
disable = ["C", "R"]
`

/** A fresh git repository with the sources in `folder`, which must not exist. Downloads once, to `cache`. */
export function makeBenchTree(cache: string, folder: string): void {
  const sources = join(cache, 'django-5.2.8')
  if (!existsSync(sources)) {
    mkdirSync(cache, { recursive: true })
    writeFileSync(join(cache, 'requirements.txt'), `${requirement}\n`)
    const pip = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--require-hashes',
    ]
    execFileSync('python3', [...pip, '--dest', cache, '-r', join(cache, 'requirements.txt')])
    const [wheel] = readdirSync(cache).filter((name) => name.endsWith('.whl'))
    execFileSync('python3', ['-m', 'zipfile', '-e', join(cache, wheel ?? ''), sources])
  }
  for (const part of parts)
    cpSync(join(sources, 'django', part), join(folder, 'django', part), { recursive: true })
  cpSync(join(sources, 'django/__init__.py'), join(folder, 'django/__init__.py'))
  writeFileSync(join(folder, 'pyproject.toml'), configuration)
  writeFileSync(join(folder, '.flake8'), '[flake8]\nmax-line-length = 88\n')
  git(folder, 'init', '--quiet', '--initial-branch=main')
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message=base')
}

/** Adds a line to `count` files, spread over the tree and the same each time, and commits. */
export function changeFiles(folder: string, count: number): void {
  const files = globSync('django/**/*.py', { cwd: folder }).toSorted()
  for (let index = 0; index < count; index++) {
    const file = files[Math.floor(((index + 0.5) * files.length) / count)] ?? ''
    appendFileSync(join(folder, file), `\n_bench_${index} = ${index}\n`)
  }
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', `--message=change ${count} files`)
}

export function removeTree(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
