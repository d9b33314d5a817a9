/** What the author of the workflow wrote, or what the repository holds, cannot be used: said at once, never guessed. */
import { describe, expect, test } from 'vitest'
import { scratchRepository } from '../../packages/shared/src/git/test/scratch.ts'
import { clean, expectNotGreen, expectWrongInput, refusing, useGate } from './gate-run.ts'

const run = useGate()

describe('inputs', () => {
  test('that are wrong are all named in one error, with what was meant', async () => {
    const inputs = {
      tools: 'rufff',
      'optional-tools': 'blak',
      gate: 'lint-erors == 0\nscore > 80%',
      exclud: 'x',
      timeout: 'never',
      'working-directory': '../elsewhere',
    }
    const end = await run(scratchRepository(clean), inputs)
    expectWrongInput(
      end,
      /`tools`: there is no tool `rufff`. Did you mean `ruff`/,
      /`optional-tools`: .*`black`/,
      /did you mean `lint-errors`/,
      /`score`.*%|%.*`score`/,
      /no input `exclud`. Did you mean `exclude`/,
      /`timeout`: `never`/,
      /`working-directory`/,
    )
    expect(end.report.tools).toEqual([])
  })
})

describe('a rule', () => {
  test.each([
    ['whose metric no chosen tool feeds', 'coverage >= 80%', /`coverage` was not measured/],
    [
      'on the share of a tool that was left out',
      'lint-errors.pylint == 0',
      /`lint-errors.pylint` was not measured/,
    ],
    ['on a metric of a tool that was left out', 'type-errors == 0', /`type-errors` was not measured/],
    ['on a package that there is not', 'lint-errors{package="api"} == 0', /package="api".*not measured/],
  ])('%s is not met by silence', async (_, gate, words) => {
    const end = await run(scratchRepository(clean), { tools: 'ruff', gate })
    expectNotGreen(end, words)
    expect(end.verdict).toBe('incomplete')
    expect(
      (await run(scratchRepository(clean), { tools: 'ruff', gate: gate.replace(' ', '? ') })).verdict,
    ).toBe('passed')
  })
})

describe('a repository', () => {
  test('without a Python file', async () => {
    expectWrongInput(
      await run(scratchRepository({ 'README.md': 'x\n' })),
      /no Python files in the repository/,
    )
  })

  test('of which `paths` and `exclude` leave nothing', async () => {
    const folder = scratchRepository(clean)
    expectWrongInput(await run(folder, { exclude: 'app' }), /no Python files.*`exclude`/)
    expectWrongInput(await run(folder, { paths: 'ap' }), /no Python files.*`paths`/)
  })

  test('with nothing but an empty file has no score', async () => {
    const end = await run(scratchRepository({ 'a.py': '' }), { tools: 'ruff' })
    expectNotGreen(end, /`score` was not measured/)
  })
})

describe('configuration that does not parse', () => {
  test.each([
    ['pyproject.toml', '[tool.black\n'],
    ['.pre-commit-config.yaml', 'repos: [\n'],
    ['setup.cfg', 'max-line-length = 100\n'],
    ['pyrightconfig.json', '{ "include": [\n'],
  ])('%s stops a run that takes the tools from it', async (name, text) => {
    const end = await run(scratchRepository({ ...clean, [name]: text }))
    expectWrongInput(end, /does not parse/, /list the tools in `tools`/)
    expect(end.said).toContain(`\`${name}\``)
  })

  test('pyproject.toml fails every tool that reads it', async () => {
    const tools = ['black', 'isort', 'ruff', 'ruff-format', 'pylint', 'mypy', 'pyright']
    const folder = scratchRepository({ ...clean, 'pyproject.toml': '[tool.black\n' })
    const end = await run(folder, { tools: tools.join('\n') })
    expectNotGreen(end, /`pyproject.toml` does not parse/, /`tools-failed` is 7/)
    for (const tool of tools) expect(end.runsOf(tool)).toMatchObject([{ status: 'failed' }])
  })

  test('the policy file, or a section of it that nobody reads', async () => {
    const policy = (text: string) => scratchRepository({ ...clean, '.github/ci-actions.yml': text })
    expectWrongInput(
      await run(policy('quality-gate:\n  tools: [ruff\n')),
      /ci-actions\.yml:3: this is not valid YAML/,
    )
    expectWrongInput(await run(policy('qualty-gate:\n  tools: [ruff]\n')), /Did you mean `quality-gate`/)
  })

  test.each([
    ['cut off', '{"version": 1, "findings": ['],
    ['of another version', '{"version": 99, "findings": []}'],
    ['that stands for millions of findings', hugeBaseline()],
  ])('a baseline %s', async (_, text) => {
    const folder = scratchRepository({ ...clean, '.github/ci-actions-baseline.json': text })
    expectWrongInput(
      await run(folder, { tools: 'ruff', scope: 'new' }),
      /baseline.*cannot be used.*--update-baseline/,
    )
  })
})

function hugeBaseline(): string {
  const entry = { tool: 'ruff', rule: 'F401', path: 'a.py', fingerprint: 'f', count: 999_999_999 }
  return JSON.stringify({ version: 1, findings: [entry] })
}

describe('a file that may not be read', () => {
  test.each([
    ['pyproject.toml', '[tool.ruff]\n'],
    ['.github/ci-actions.yml', 'quality-gate: {}\n'],
    ['.github/ci-actions-baseline.json', '{"version": 1, "findings": []}'],
  ])('%s is the reader’s matter, not a bug', async (name, text) => {
    const folder = scratchRepository({ ...clean, [name]: text })
    const files = refusing(new RegExp(`${name.replaceAll('.', '\\.')}$`))
    const end = await run(folder, { tools: 'ruff' }, { files })
    expectWrongInput(end, /cannot be read.*permission denied/)
    expect(end.said).toContain(`\`${name}\``)
  })

  test('a source file is left to the tools', async () => {
    const end = await run(scratchRepository(clean), { tools: 'ruff' }, { files: refusing(/good\.py$/) })
    expect(end.verdict).toBe('passed')
    expect(end.report.reasons.map(({ code }) => code)).not.toContain('bug')
  })

  test('configuration below the package is left to the tools', async () => {
    const folder = scratchRepository({ ...clean, 'app/ruff.toml': 'line-length = 99\n' })
    const end = await run(folder, { tools: 'ruff', cache: 'file' }, { files: refusing(/ruff\.toml$/) })
    expect(end.verdict).toBe('passed')
  })
})

describe('`plan`', () => {
  test('judges nothing, and no output says that it did', async () => {
    const end = await run(scratchRepository({ ...clean, 'app/broken.py': 'def broken(:\n' }), {
      plan: 'true',
    })
    expect(end.outputs.get('verdict')).not.toBe('passed')
    expect(end.report.reasons.map(({ code }) => code)).toEqual(['planned'])
    expect(end.report.tools).toEqual([])
  })
})
