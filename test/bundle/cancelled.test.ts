/** A step that is cancelled: what it started is gone at once, and what is known is reported. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { project, putAway, resultOf } from './step.ts'

afterEach(putAway)

/** A Pylint that starts a process of its own, writes down both, ignores what asks it to end, and hangs. */
const HANGING = `
import os, pathlib, signal, subprocess, sys, time
for name in (signal.SIGINT, signal.SIGTERM):
    signal.signal(name, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path("started.part").write_text(f"{os.getpid()} {child.pid}")
os.rename("started.part", "started")
time.sleep(600)
`

const FILES = {
  'pyproject.toml': '[tool.pylint.main]\ninit-hook = "exec(open(\'hang.py\').read())"\n',
  'hang.py': HANGING,
  '.gitignore': 'started*\n',
}

describe.for(['SIGTERM', 'SIGINT'] as const)('a step that gets %s', (signal) => {
  test('stops its tools with all that they started, and leaves a report', { timeout: 120_000 }, async () => {
    const small = project(FILES)
    const started = () => readOr(join(small.workspace, 'started'), '')
    let stopped = 0
    const run = await small.run({
      inputs: { tools: 'pylint' },
      onStart: (pid) => {
        // Once the tool itself runs, not while it is installed.
        const watch = setInterval(() => {
          if (started() === '') return
          clearInterval(watch)
          stopped = performance.now()
          process.kill(pid, signal)
        }, 50)
      },
    })
    // A limit of the platform, not a measurement: GitHub kills what is left.
    expect((performance.now() - stopped) / 1000).toBeLessThan(2)
    const pids = started().split(' ').map(Number)
    expect(pids).toHaveLength(2)
    expect(pids.filter(runs)).toEqual([])
    expect(run.exitCode).not.toBe(0)
    expect(run.outputs['verdict']).toBe('incomplete')
    expect(run.summary).toMatch(/cancelled/i)
    expect(resultOf(small, run).reasons.map(({ code }) => code)).toContain('cancelled')
  })
})

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return otherwise
  }
}

/** A process that ended and that nobody waited for still has its number. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !/^\d+ \(.*\) Z/s.test(readOr(`/proc/${pid}/stat`, ''))
}
