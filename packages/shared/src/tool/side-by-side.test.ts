import { describe, expect, test } from 'vitest'
import { runTools } from './run-tools.ts'
import { openStage, scriptTool } from './test/stage.ts'
import type { Tool } from './tool.ts'

describe('side by side', () => {
  test('outcomes come in plan order, whichever ends first, and progress as it happens', async () => {
    const stage = await openStage()
    const slow = scriptTool('setTimeout(() => {}, 600)', { id: 'slow' })
    const tools = [slow, scriptTool('', { id: 'quick' }), scriptTool('process.exit(9)', { id: 'crash' })]
    const seen: string[] = []
    const request = await stage.request(tools, {
      onProgress: ({ phase, tool }) => void seen.push(`${tool.id} ${phase}`),
    })
    const outcomes = await runTools(request)
    expect(outcomes.map(({ run }) => [run.id, run.status])).toEqual([
      ['slow', 'clean'],
      ['quick', 'clean'],
      ['crash', 'failed'],
    ])
    expect(seen.filter((event) => event.endsWith('done'))).toEqual(['quick done', 'crash done', 'slow done'])
    const places = ['install', 'run', 'done'].map((phase) => seen.indexOf(`quick ${phase}`))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  test('after cancellation nothing more is started, and each tool says that it was cancelled', async () => {
    const stage = await openStage()
    const running = scriptTool('setInterval(() => {}, 1000)', { id: 'running' })
    const waiting = [1, 2, 3].map((number) => scriptTool('', { id: `waiting${number}`, scope: 'file' }))
    // On one core, one after the other.
    Object.assign(stage.host.facts, { cores: 1 })
    const outcomes = runTools(await stage.request([running, ...waiting]))
    setTimeout(() => stage.cancel(), 400)
    const runs = (await outcomes).map(({ run }) => run)
    expect(runs.map(({ status, why }) => [status, why?.includes('cancelled')])).toEqual(
      runs.map(() => ['failed', true]),
    )
  })

  test.each([
    ['one core of few files', 3, true, 1],
    ['all cores of many', 40, true, 2],
    ['one core where it cannot use more', 40, false, 1],
  ])('a tool gets %s', async (_, count, parallel, cores) => {
    const stage = await openStage()
    const files = Array.from({ length: count }, (_, index) => `${index}.py`)
    await stage.write(Object.fromEntries(files.map((file) => [file, ''])))
    const given: number[] = []
    const invocations: Tool['invocations'] = (request) => {
      given.push(request.cores)
      return [{ args: ['-e', ''], exitCodes: [0] }]
    }
    await runTools(await stage.request([{ tool: scriptTool('', { parallel, invocations }), files }]))
    expect(given).toEqual([cores])
  })

  test('a tool sees the paths of the project only if it looks into it, and no password of an index', async () => {
    const environment = { PYTHONPATH: 'src', PIP_INDEX_URL: 'https://build:s3cret@pypi.example/simple' }
    const stage = await openStage({ environment })
    await stage.write({ 'a.py': '' })
    const print = 'console.log([process.env.PYTHONPATH, process.env.PIP_INDEX_URL].join())'
    const printed: string[] = []
    const parse: Tool['parse'] = async ({ stdout }) => {
      printed.push(await stdout.text())
      return { findings: [] }
    }
    for (const needsEnvironment of [true, false])
      await runTools(await stage.request([scriptTool(print, { parse, needsEnvironment })]))
    expect(printed).toEqual(['src,\n', ',\n'])
  })
})
