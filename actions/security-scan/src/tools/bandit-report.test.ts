import { expect, it } from 'vitest'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { bandit } from './bandit.ts'
import { banditEvidence, parseBanditReport } from './bandit-report.ts'

async function recorded(rule: string) {
  const [output] = readRecorded(bandit, 'findings')
  const { findings } = parseBanditReport((await output?.stdout.text()) ?? '')
  return findings.find((each) => each.rule === rule)
}

const one = {
  test_id: 'B999',
  issue_text: 'Odd.',
  issue_severity: 'UNDEFINED',
  issue_confidence: 'HIGH',
  filename: 'a.py',
  line_number: 1,
}

it.each([
  ['B105', 'correct-horse-battery'],
  ['B106', 's3cr3t\'quoted"'],
  ['B107', 'hunter2-default'],
])('takes the value of %s out of the message', async (rule, value) => {
  const finding = await recorded(rule)
  expect(finding?.security?.secret?.value).toBe(value)
  expect(finding?.message).not.toContain(value)
})

it('keeps neither lines of the sources nor passwords, however short', async () => {
  const [output] = readRecorded(bandit, 'findings')
  const text = (await output?.stdout.text()) ?? ''
  const kept = JSON.stringify(JSON.parse(text, banditEvidence))
  expect(kept).not.toMatch(/hunter2|correct-horse|s3cr3t|import pickle/)
  const places = (report: string) =>
    parseBanditReport(report).findings.map(({ rule, location }) => [rule, location])
  expect(places(kept)).toEqual(places(text))
  const short = JSON.stringify({
    ...one,
    test_id: 'B105',
    issue_text: "Possible hardcoded password: 't1ny7'",
  })
  expect(JSON.stringify(JSON.parse(short, banditEvidence))).not.toContain('t1ny7')
})

it('takes no empty text for a secret', () => {
  const empty = { ...one, test_id: 'B107', issue_text: "Possible hardcoded password: ''" }
  const text = JSON.stringify({ errors: [], metrics: {}, results: [empty] })
  expect(parseBanditReport(text).findings).toMatchObject([
    { metric: 'findings', security: { kind: 'weakness' } },
  ])
})

it('gives the last line of a statement, not its second', async () => {
  expect((await recorded('B301'))?.location).toMatchObject({ line: 19, endLine: 21, column: 12 })
})

it('names the line on which a call begins, not that of an argument, which other tools do not name', () => {
  const call = { ...one, line_number: 12, line_range: [11, 12, 13], col_offset: 23 }
  const text = JSON.stringify({ errors: [], metrics: {}, results: [call] })
  expect(parseBanditReport(text).findings[0]?.location).toMatchObject({ line: 11, endLine: 13, column: 24 })
})

it('knows severity, confidence and the number of the weakness', async () => {
  const { security, level } = (await recorded('B602')) ?? {}
  expect(security).toMatchObject({ kind: 'weakness', cwe: [78], claims: [{ severity: 'high' }] })
  expect(level).toBe('error')
})

it('takes a report of before 1.7.3, without numbers of weaknesses, and unknown fields', () => {
  const text = JSON.stringify({
    errors: [],
    metrics: {},
    results: [{ ...one, new_field: {} }],
    candidates: [],
  })
  expect(parseBanditReport(text).findings[0]?.security).toMatchObject({ cwe: [] })
})

it('does not know how severe something is that Bandit calls undefined', () => {
  const text = JSON.stringify({ errors: [], metrics: {}, results: [one] })
  expect(parseBanditReport(text).findings[0]?.security?.claims[0]?.severity).toBe('unknown')
})

it.each([
  ['tests/unit/test_api.py', 'B101', 0],
  ['./src/api/test/cases.py', 'B101', 0],
  ['src/conftest.py', 'B101', 0],
  ['src/api_test.py', 'B101', 0],
  ['src/latest.py', 'B101', 1],
  ['src/contest/api.py', 'B101', 1],
  ['tests/unit/test_api.py', 'B102', 1],
])('of %s it keeps %s %i times, and says what it leaves out', (filename, rule, count) => {
  const results = [{ ...one, filename, test_id: rule }]
  const { findings, notices } = parseBanditReport(JSON.stringify({ errors: [], metrics: {}, results }))
  expect(findings).toHaveLength(count)
  expect(notices).toHaveLength(1 - count)
})

it('repeats nothing of a report that is cut off', () => {
  const text = '{"errors":[],"results":[{"issue_text":"Possible hardcoded password: \'hunter2-default\'"'
  expect(() => parseBanditReport(text)).toThrow(/no complete JSON/)
  expect(() => parseBanditReport(text)).not.toThrow(/hunter2/)
})
