/** Tools that do not do their work. Pylint runs what `init-hook` says, so that a real tool can be made to break. */
import { describe, expect, test } from 'vitest'
import { scratchRepository } from '../../packages/shared/src/git/test/scratch.ts'
import { nodeProcesses } from '../../packages/shared/src/host/node/processes.ts'
import type { Processes, ProcessRequest } from '../../packages/shared/src/host/ports.ts'
import { clean, expectNotGreen, good, useGate } from './gate-run.ts'

const run = useGate()

function hooked(python: string): string {
  return scratchRepository({
    ...clean,
    'pyproject.toml': `[tool.pylint.main]\ninit-hook = ${JSON.stringify(python)}\n`,
  })
}

describe('a tool that', () => {
  test.each([
    ['crashes', 'raise RuntimeError("planted")', {}, /planted/],
    ['hangs', 'import time; time.sleep(600)', { timeout: '2s' }, /did not finish within 2 s/],
    ['prints half a JSON', `import os; os.write(1, b'{"messages": ['); os._exit(0)`, {}, /cannot be trusted/],
    ['prints nothing and is content', 'import os; os._exit(0)', {}, /cannot be trusted/],
    ['is killed for memory', 'import os; os.kill(os.getpid(), 9)', {}, /killed.*memory/],
    ['ends by a fault', 'import os; os.kill(os.getpid(), 11)', {}, /crashed \(SIGSEGV\)/],
    ['runs out of memory', 'raise MemoryError', {}, /MemoryError/],
  ])('%s has failed, and says so', async (_, python, inputs, words) => {
    const end = await run(hooked(python), { tools: 'pylint', ...inputs })
    expectNotGreen(end, words, /`tools-failed` is 1, must be 0/)
    expect(end.runsOf('pylint')).toMatchObject([{ status: 'failed', findings: 0 }])
    expect(end.report.metrics.find(({ name }) => name === 'lint-errors')).toBeUndefined()
  })

  test('is optional and crashes leaves its metrics unmeasured', async () => {
    const end = await run(hooked('raise RuntimeError'), { tools: 'pylint', 'optional-tools': 'pylint' })
    expectNotGreen(end, /`lint-errors` was not measured/)
    expect(end.verdict).toBe('incomplete')
  })

  test('is optional and crashes is no verdict either where no rule asks for its metrics', async () => {
    const inputs = { tools: 'pylint', 'optional-tools': 'pylint', 'default-gate': 'off' }
    const end = await run(hooked('raise RuntimeError'), inputs)
    expectNotGreen(end, /No tool gave a result/)
    expect(end.verdict).toBe('incomplete')
  })

  test('is optional and crashes does not take the verdict of another that feeds the same rule', async () => {
    const inputs = { tools: 'pylint\nruff', 'optional-tools': 'pylint' }
    const end = await run(hooked('raise RuntimeError'), inputs)
    expect(end.verdict).toBe('passed')
    expect(end.runsOf('pylint')).toMatchObject([{ status: 'failed' }])
  })

  test('is not to be had in the wanted version is failed, with the version', async () => {
    const folder = scratchRepository(clean)
    const inputs = { tools: 'ruff', 'tool-versions': 'ruff: 0.0.1', offline: 'true' }
    expectNotGreen(await run(folder, inputs), /0\.0\.1/)
  })

  test('has no interpreter to run on is failed, with its name', async () => {
    const folder = scratchRepository(clean)
    const end = await run(folder, { tools: 'flake8\ntype-coverage', python: 'no-such-python' })
    expectNotGreen(end, /no-such-python/)
  })
})

describe('mypy', () => {
  test('that checks nothing because of two modules with one name is failed, with the advice', async () => {
    const folder = scratchRepository({
      'one/conf.py': '"""One."""\n\nX = 1\n',
      'two/conf.py': '"""Two."""\n\nX: str = 2\n',
    })
    const end = await run(folder, { tools: 'mypy' })
    expectNotGreen(end, /checked nothing.*Duplicate module named "conf".*`__init__\.py`/s)
  })
})

describe('a fatal line on standard error', () => {
  const faking = (change: Partial<Awaited<ReturnType<Processes['run']>>>): Partial<Processes> => {
    const real = nodeProcesses(new AbortController().signal)
    const isTool = ({ args }: ProcessRequest) => args.some((arg) => arg.startsWith('--output-format'))
    return { run: async (request) => ({ ...(await real.run(request)), ...(isTool(request) && change) }) }
  }

  test('with an exit code of success, when the tool printed no result', async () => {
    const folder = scratchRepository({ ...clean, 'app/worse.py': `${good}import os\n` })
    const processes: Partial<Processes> = {
      run: (request) => {
        const isRuff = request.args.includes('--output-format=json')
        const script = 'import sys; sys.stderr.write("fatal: disk full\\n")'
        return nodeProcesses(new AbortController().signal).run(
          isRuff ? { ...request, command: 'python3', args: ['-c', script] } : request,
        )
      },
    }
    expectNotGreen(await run(folder, { tools: 'ruff' }, { processes }), /Ruff's output cannot be trusted/)
  })

  test('output that was cut off is no result', async () => {
    const end = await run(
      scratchRepository(clean),
      { tools: 'ruff' },
      { processes: faking({ truncated: true }) },
    )
    expectNotGreen(end, /cut off/)
  })
})
