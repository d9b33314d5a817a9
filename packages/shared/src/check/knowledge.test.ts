import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding/finding.ts'
import type { StoredResult } from '../history/results.ts'
import type { ToolOutcome } from '../tool/run-tools.ts'
import { scriptTool } from '../tool/test/stage.ts'
import type { ToolScope, ToolStatus } from '../tool/tool.ts'
import type { BaseSide } from './base-side.ts'
import { nothingOnBase, outcomeKey } from './base-side.ts'
import type { KnowledgeSources } from './knowledge.ts'
import { chooseKnowledge } from './knowledge.ts'

const run = {
  id: 't',
  name: 'T',
  seconds: 0,
  findings: 0,
  files: 1,
  remembered: 0,
  notices: [],
  commands: [],
}

function outcome(scope: ToolScope, status: ToolStatus = 'clean', folder = ''): ToolOutcome {
  return {
    tool: scriptTool('', { id: 't', scope, metrics: ['errors'] }),
    project: {
      name: folder,
      root: '/w',
      folder,
      pythonFiles: [],
      files: [],
      configuration: [],
      firstParty: [],
    },
    run: { ...run, status },
    findings: [],
    measurements: [],
  }
}

function finding(path: string): Finding {
  return {
    tool: 't',
    rule: 'r',
    level: 'error',
    message: 'm',
    location: { path },
    fingerprint: path,
    state: 'unknown',
  }
}

const found: BaseSide = { ...nothingOnBase, base: { kind: 'found', sha: 'a', message: '' }, changes: [] }
const none: BaseSide = { ...found, base: { kind: 'none', why: 'w' } }
const nothing: KnowledgeSources = { stored: [], storedKeys: new Map(), baselineFirst: false }
const stored: StoredResult = {
  tool: 't',
  package: '',
  key: 'k',
  findings: [finding('a.py')],
  measurements: [],
}

function knowledge(about: ToolOutcome, side: BaseSide, sources: Partial<KnowledgeSources> = {}) {
  return chooseKnowledge([about], side, { ...nothing, ...sources })[0]
}

describe('what is known of the base', () => {
  test.each([
    ['a tool that looks at single files', outcome('file'), found, {}, 'run'],
    ['one that sees more, without a stored result', outcome('project'), found, {}, 'lines'],
    ['one that sees more, with a baseline', outcome('project'), found, { baseline: [] }, 'baseline'],
    ['any, without a base', outcome('file'), none, {}, 'nothing'],
    ['any, without a base but with a baseline', outcome('file'), none, { baseline: [] }, 'baseline'],
    [
      'a branch itself that is judged',
      outcome('file'),
      found,
      { baseline: [], baselineFirst: true },
      'baseline',
    ],
    ['one that failed', outcome('file', 'failed'), found, { baseline: [], baselineFirst: true }, 'nothing'],
    ['one that did not run', outcome('file', 'skipped'), found, {}, 'nothing'],
  ] as const)('of %s', (_, about, side, sources, expected) => {
    expect(knowledge(about, side, sources)?.knowledge).toBe(expected)
  })

  test('of a stored result counts only with the same settings and configuration', () => {
    const keys = (key: string) => ({ stored: [stored], storedKeys: new Map([[outcomeKey('t', ''), key]]) })
    expect(knowledge(outcome('project'), found, keys('k'))).toMatchObject({
      knowledge: 'stored',
      part: { findings: [{ state: 'fixed' }] },
    })
    expect(knowledge(outcome('project'), found, keys('other'))?.knowledge).toBe('lines')
    expect(knowledge(outcome('project', 'clean', 'api'), found, keys('k'))?.knowledge).toBe('lines')
  })

  test('of a baseline is the tool’s own, below the package', () => {
    const baseline = [finding('api/a.py'), finding('api-x/b.py'), { ...finding('api/c.py'), tool: 'other' }]
    const part = knowledge(outcome('project', 'clean', 'api'), none, { baseline })?.part
    expect(part?.findings.map(({ location }) => location?.path)).toEqual(['api/a.py'])
  })
})
