/** Puts the results of all shards and legs together, and proves that all of them arrived. */
import { dirname, join } from 'node:path/posix'
import { messageOf, ToolOutputError, UserError } from '@ci-actions/shared'
import type { GatheredTests } from './gathered.ts'
import { givenReports } from './given-files.ts'
import { keptResultsName, readKeptResults } from './kept-results.ts'
import { nameLegs } from './labels/leg-names.ts'
import { createTally } from './results/tally.ts'
import type { ResultSink } from './results/test-result.ts'
import type { RunProblem } from './run/problem.ts'
import { problem } from './run/problem.ts'
import type { ArrivedShard } from './shard/arrived-shard.ts'
import { newestAttempts, proveComplete } from './shard/completeness.ts'
import { manifestFileName, parseManifest } from './shard/manifest-file.ts'
import { readPlan } from './shard-of-run.ts'
import type { Suite } from './suite.ts'
import type { CoveragePath, SuiteCoverage } from './suite-coverage.ts'
import { readCoverage } from './suite-coverage.ts'
import { suiteLabels, unusedKinds } from './suite-labels.ts'

/** A part that arrived: its manifest, and the folder that it came in. */
interface Part extends Omit<ArrivedShard, 'ids'> {
  readonly folder: string
}

export async function mergeMode(suite: Suite): Promise<GatheredTests> {
  const { files, notices: passedOver } = await givenReports(suite)
  const manifests = files.filter((file) => file.split('/').at(-1) === manifestFileName)
  if (manifests.length === 0) {
    const advice = 'download the report folders of all shards, and name them, such as `parts/**`'
    throw new UserError(
      `\`mode: merge\`: no \`${manifestFileName}\` is among the files in \`reports\`: ${advice}.`,
    )
  }
  const { parts, problems } = await readManifests(suite, manifests)
  const { newest, replaced } = newestAttempts(parts.map((part) => ({ ...part, ids: [] })))
  const kept = parts.filter((part) => newest.some(({ source }) => source === part.source))
  const tally = createTally()
  const labels = suiteLabels(suite)
  const names = nameLegs(kept.map(({ manifest }) => manifest))
  const arrived: ArrivedShard[] = []
  for (const [index, part] of kept.entries()) {
    const sink = labels.sink(tally, names[index])
    arrived.push({ ...part, ids: await readPart(suite, part, sink, problems) })
  }
  const missing = await prove(suite, arrived)
  problems.push(...missing.map((message) => problem('parts-missing', message)))
  const legs = new Set(names).size
  const selected = kept.filter(({ manifest }) => manifest.selected === true).length
  const finished = tally.finish()
  return {
    runner: runnerOf(kept),
    tally: finished,
    problems,
    notices: [
      ...passedOver,
      `${kept.length} ${kept.length === 1 ? 'part' : 'parts'} of ${legs} ${legs === 1 ? 'leg' : 'legs'} were put together.`,
      ...(replaced.length > 0 ? [`${replaced.length} were left out, since their jobs ran again.`] : []),
      ...(selected > 0
        ? [`In ${selected} of them only the tests ran that the change can affect: coverage is not judged.`]
        : unusedKinds(labels)),
    ],
    ...{ commands: [], tries: 0, files: kept.length, seconds: 0 },
    ...{ complete: selected === 0, partial: selected > 0 },
    nothingToRun: selected > 0 && finished.tests === 0,
    evidence: {},
    ...(await unitedCoverage(suite, coverageOf(suite, files, kept), {
      ...{ selected: selected > 0, whole: missing.length === 0 },
    })),
  }
}

/** A part of the tests covers a part of the code: not judged where that was wanted, not known where parts are missing. */
async function unitedCoverage(
  suite: Suite,
  files: readonly CoveragePath[],
  { selected, whole }: { readonly selected: boolean; readonly whole: boolean },
): Promise<SuiteCoverage> {
  const { coverage, ...rest } = await readCoverage(suite, files)
  if (selected) return { ...rest, coverageWanted: false }
  return whole && coverage !== undefined ? { ...rest, coverage } : rest
}

/** What ran the tests of the parts: the version only where all agree, and of several runners all names. */
function runnerOf(parts: readonly Part[]): GatheredTests['runner'] {
  const runners = parts.map(({ manifest: { runner } }) => runner ?? { id: 'results', name: 'Results' })
  const [first] = runners
  const names = [...new Set(runners.map(({ name }) => name))]
  if (first === undefined || names.length > 1) return { id: 'results', name: names.join(', ') }
  const versions = new Set(runners.map(({ version }) => version))
  return { id: first.id, name: first.name, ...(versions.size === 1 && { version: first.version }) }
}

/** The coverage that these parts brought. */
function coverageOf({ top }: Suite, files: readonly string[], parts: readonly Part[]) {
  return files
    .filter((file) => /\/tests\/[^/]*\.coverage\.(?:json|xml)$/.test(file))
    .filter((file) => parts.some(({ folder }) => file.startsWith(`${folder}/`)))
    .map((file) => ({ path: join(top, file), shown: file }))
}

async function readManifests(suite: Suite, files: readonly string[]) {
  const parts: Part[] = []
  const problems: RunProblem[] = []
  for (const file of files) {
    const text = (await suite.context.host.files.readText(join(suite.top, file))) ?? ''
    const read = parseManifest(text)
    if ('problem' in read) problems.push(problem('results-damaged', `${file}: ${read.problem}`))
    else parts.push({ source: file, folder: dirname(file), manifest: read.manifest })
  }
  return { parts, problems }
}

async function readPart(
  { context: { host }, top }: Suite,
  { folder }: Part,
  sink: ResultSink,
  problems: RunProblem[],
): Promise<readonly string[]> {
  const file = `${folder}/${keptResultsName}`
  try {
    if ((await host.files.status(join(top, file)))?.kind !== 'file')
      throw new ToolOutputError('The file is missing.')
    const read = await readKeptResults(host.files.stream(join(top, file)), sink)
    // What kept that job's verdict from being green keeps this one.
    problems.push(...read.problems.map((message) => problem('parts-missing', `${folder}: ${message}`)))
    return read.ids
  } catch (error) {
    problems.push(problem('results-damaged', `${file}: ${messageOf(error)}`))
    return []
  }
}

/** Each job's matrix is proven by itself. */
async function prove(suite: Suite, arrived: readonly ArrivedShard[]): Promise<readonly string[]> {
  const plan = await readPlan(suite)
  const run = suite.context.host.facts.event?.runId
  const jobs = Map.groupBy(arrived, ({ manifest }) => manifest.job ?? '')
  return [...jobs.values()].flatMap((shards) => {
    const planned = shards.some(({ manifest }) => manifest.plan !== undefined)
    const expected = planned && plan !== undefined ? plan : { shards: shards[0]?.manifest.shards ?? 1 }
    return proveComplete(expected, shards, { run })
  })
}
