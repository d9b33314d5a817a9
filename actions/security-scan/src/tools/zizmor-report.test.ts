import { expect, it } from 'vitest'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { zizmor } from './zizmor.ts'
import { parseZizmorReport } from './zizmor-report.ts'

async function report(): Promise<string> {
  const [output] = readRecorded(zizmor, 'findings')
  return (await output?.stdout.text()) ?? ''
}

it('counts lines and columns from 1', async () => {
  const { findings } = parseZizmorReport(await report())
  const injection = findings.find(({ rule }) => rule === 'template-injection')
  // `${{` of the planted workflow: the expression itself, without its braces.
  expect(injection?.location).toMatchObject({ line: 7, column: 24, endLine: 7 })
  expect(injection?.help).toBe('https://docs.zizmor.sh/audits/#template-injection')
})

it('leaves out what a comment in the workflow ignores, and says how much', async () => {
  const text = (await report()).replaceAll('"ignored": false', '"ignored": true')
  const { findings, notices } = parseZizmorReport(text)
  expect(findings).toEqual([])
  const count = JSON.parse(text).length
  expect(notices).toEqual([
    {
      level: 'notice',
      message: `.github/workflows/ci.yml: ${count} findings left out by a comment or the configuration of zizmor.`,
    },
  ])
  expect(parseZizmorReport(await report()).notices).toEqual([])
})

it.each([
  ['Unknown', 'unknown'],
  ['Informational', 'low'],
  ['Apocalyptic', 'unknown'],
])('takes the severity %s for %s', async (said, meant) => {
  const text = (await report()).replaceAll(/"severity": "\w+"/g, `"severity": "${said}"`)
  const severities = parseZizmorReport(text).findings.map(({ security }) => security?.claims[0]?.severity)
  expect(new Set(severities)).toEqual(new Set([meant]))
})
