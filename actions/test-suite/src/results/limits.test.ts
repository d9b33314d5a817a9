/** Files that are made to fill memory, stack or time; more of the kind in `xml-reader.test.ts`. */
import { expect, test } from 'vitest'
import { readResults } from './read-results.ts'
import { readText } from './test/read.ts'

test('an attribute of two gigabytes', async () => {
  const encoder = new TextEncoder()
  const piece = encoder.encode('x'.repeat(8 * 1024 * 1024))
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield encoder.encode('<testsuite><testcase name="a"/><testcase name="b"><failure message="')
    for (let count = 0; count < 256; count++) yield piece
    yield encoder.encode('"/></testcase></testsuite>')
  }
  const before = process.memoryUsage().rss
  const kept: number[] = []
  const read = await readResults(
    { path: 'huge.xml', chunks },
    { test: ({ failures }) => kept.push(failures[0]?.message.length ?? 0) },
  )
  // When garbage is collected is not ours to say; all of it kept would be two gigabytes.
  expect(process.memoryUsage().rss - before).toBeLessThan(800_000_000)
  expect(read).toMatchObject({ tests: 2, complete: true })
  expect(kept[1]).toBeLessThan(20_000)
})

test('suites nested 99,000 deep, with a test and a failure in each', async () => {
  const depth = 99_000
  const inner = '<testsuite name="s"><testcase name="a"/><testcase name="b"><failure/></testcase>'
  const { tests, results, complete } = await readText(inner.repeat(depth) + '</testsuite>'.repeat(depth))
  expect({ tests, complete }).toEqual({ tests: 2 * depth, complete: true })
  expect(results.filter(({ status }) => status === 'failed')).toHaveLength(depth)
  expect(results.at(-1)?.suites).toHaveLength(64)
})

test('suites nested deeper than any file has them', async () => {
  await expect(readText('<testsuite>'.repeat(200_000))).rejects.toThrow(/nests more than/)
})

test('tests within tests', async () => {
  const depth = 50_000
  const text = `<testsuite>${'<testcase name="a"><failure/>'.repeat(depth)}${'</testcase>'.repeat(depth)}</testsuite>`
  expect((await readText(text)).results).toHaveLength(depth)
})

test('a test of which a million things are said', async () => {
  const said = '<failure message="no"/><skipped/><system-out>x</system-out>'.repeat(300_000)
  const { results } = await readText(`<testsuite><testcase name="a">${said}</testcase></testsuite>`)
  expect(results).toMatchObject([{ status: 'failed' }])
  expect(results[0]?.failures.length).toBeLessThan(100)
})

test('an entity bomb is refused, not expanded', async () => {
  const bomb = Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "&e${at};&e${at};">`).join('')
  const text = `<!DOCTYPE t [<!ENTITY e0 "x">${bomb}]><testsuite><testcase name="&e30;"/></testsuite>`
  await expect(readText(text)).rejects.toThrow(/entities or elements of its own/)
})
