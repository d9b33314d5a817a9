/** YAML files: .pre-commit-config.yaml, the policy file, workflows. */
import type { Document, YAMLMap } from 'yaml'
import { isScalar, LineCounter, parseDocument, visit } from 'yaml'

/** Configuration is written by hand; a larger file is none. */
const longestText = 1024 * 1024

/** Nodes that aliases may stand for in all, counted as the `yaml` package does: an alias bomb has billions. */
const mostAliased = 1000

/**
 * One document of YAML 1.2 with its core schema and merge keys (`<<`); keys are strings. Throws an `Error`
 * whose message is one line with the place, also for tags that are not of the core schema. An empty document
 * is null. `longest` is in UTF-16 units.
 */
export function parseYaml(text: string, longest: number = longestText): unknown {
  if (text.length > longest) throw new Error(`longer than ${Math.round(longest / 1024 / 1024)} MiB`)
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: true,
    stringKeys: true,
    // The package compares every key with every other one: seconds for thousands of keys.
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  })
  const problem = document.errors[0] ?? document.warnings[0] ?? repeatedKey(document)
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0])
    const what = problem.code === 'RESOURCE_EXHAUSTION' ? 'nested too deeply' : problem.message
    throw new Error(`line ${line}, column ${col}: ${what.replace(/\s+/g, ' ')}`)
  }
  try {
    return document.toJS({ maxAliasCount: mostAliased })
  } catch (error) {
    throw new Error('aliases refer to too much', { cause: error })
  }
}

interface Problem {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, number]
}

function repeatedKey(document: Document): Problem | undefined {
  let problem: Problem | undefined
  visit(document, {
    Map(_, map) {
      problem ??= repeatedIn(map)
      return problem === undefined ? undefined : visit.BREAK
    },
  })
  return problem
}

function repeatedIn(map: YAMLMap): Problem | undefined {
  const seen = new Set<unknown>()
  for (const { key } of map.items) {
    if (!isScalar(key) || key.value === '<<') continue
    const start = key.range?.[0] ?? 0
    if (seen.has(key.value)) {
      return { code: 'DUPLICATE_KEY', message: 'Map keys must be unique', pos: [start, start] }
    }
    seen.add(key.value)
  }
  return undefined
}
