/** Several runs at a time on one machine, which share its cache folder: real processes, one of them killed. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { nodeFiles, recordingHost } from '../../host/recording/index.ts'
import { openRemembered } from '../remembered.ts'
import { temporaryFolder } from '../test/stage.ts'

const source = (name: string) => JSON.stringify(join(import.meta.dirname, name))

/** A process of its own with `host`, whose caches are in `folder`. */
function start(folder: string, body: string) {
  const script = `
    import { nodeClock, nodeFiles, recordingHost } from ${source('../../host/recording/index.ts')}
    import { openInstallContext } from ${source('context.ts')}
    import { builtFolder } from ${source('built-folder.ts')}
    import { openRemembered } from ${source('../remembered.ts')}
    const host = recordingHost({
      facts: { cacheFolder: ${JSON.stringify(folder)} }, files: nodeFiles, clock: nodeClock,
    })
    ${body}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, said: text(child.stdout) }
}

/** Makes the folder in many small steps, and then uses it. */
const install = (pid: string) => `
  const context = openInstallContext({ host, offline: false, lockedOnly: false })
  const folder = await builtFolder(context, {
    kind: 'tools', key: 'ab'.repeat(32), locked: true,
    build: async (target) => {
      ${pid}
      for (let part = 0; part < 20; part += 1) {
        await host.files.write(target + '/part' + part, 'x')
        await host.clock.sleep(10)
      }
    },
    intact: async (target) => (await host.files.list(target)).length === 21,
  })
  const complete = (await host.files.list(folder)).length === 21
  console.log(JSON.stringify({ folder, complete }))`

test('runs that install the same at the same time each get a whole one, also when another is killed meanwhile', async () => {
  const folder = await temporaryFolder()
  const killed = start(folder, install("process.kill(process.pid, 'SIGKILL')"))
  const others = [1, 2, 3].map(() => start(folder, install('')))
  await killed.said
  const results = await Promise.all(others.map(async ({ said }) => JSON.parse(await said)))
  expect(results.map(({ complete }) => complete)).toEqual([true, true, true])
  const later = JSON.parse(await start(folder, install("throw new Error('made again')")).said)
  expect(results.map((result) => result.folder)).toContain(later.folder)
})

test('runs that remember at the same time leave a store that can be read', async () => {
  const folder = await temporaryFolder()
  const remember = (number: number) => `
    for (let round = 0; round < 10; round += 1) {
      const store = await openRemembered(host, ${JSON.stringify(folder)})
      for (let entry = 0; entry < 50; entry += 1)
        await store.put('ruff', (${number} * 1000 + round * 50 + entry).toString(16).padStart(64, '0'), {
          findings: [], measurements: [],
        })
      await store.save()
    }`
  await Promise.all([1, 2, 3].map((number) => start(folder, remember(number)).said))
  const names = await nodeFiles.list(folder)
  expect(names).toEqual(['ruff.jsonl', 'store.json'])
  const store = await openRemembered(recordingHost({ files: nodeFiles }), folder)
  // What one had not read yet, another may write over: that costs time. The last one's are all there.
  const found = [1, 2, 3].map(async (number) => {
    const keys = Array.from({ length: 50 }, (_, entry) =>
      (number * 1000 + 450 + entry).toString(16).padStart(64, '0'),
    )
    return (await Promise.all(keys.map((key) => store.get('ruff', key)))).every(
      (entry) => entry !== undefined,
    )
  })
  expect(await Promise.all(found)).toContain(true)
})
