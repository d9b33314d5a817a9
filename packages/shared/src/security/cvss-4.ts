/** Base score of CVSS 4.0. https://www.first.org/cvss/v4-0/specification-document, section 8. Pure. */
import type { MetricValues } from './cvss-vector.ts'
import { parseVector } from './cvss-vector.ts'

const impacts = 'HLN'
const modified = {
  MAV: 'X N A L P',
  MAC: 'X L H',
  MAT: 'X N P',
  MPR: 'X N L H',
  MUI: 'X N P A',
  MVC: 'X H L N',
  MVI: 'X H L N',
  MVA: 'X H L N',
  MSC: 'X H L N',
  MSI: 'X S H L N',
  MSA: 'X S H L N',
}

const base: MetricValues = {
  AV: 'NALP',
  AC: 'LH',
  AT: 'NP',
  PR: 'NLH',
  UI: 'NPA',
  VC: impacts,
  VI: impacts,
  VA: impacts,
  SC: impacts,
  SI: impacts,
  SA: impacts,
}

const grammar = {
  prefix: /^CVSS:4\.0\//,
  base,
  others: {
    E: 'X A P U',
    CR: 'X H M L',
    IR: 'X H M L',
    AR: 'X H M L',
    ...modified,
    S: 'X N P',
    AU: 'X N Y',
    R: 'X A U I',
    V: 'X D C',
    RE: 'X L M H',
    U: 'X Clear Green Amber Red',
  },
}

/**
 * The rows of the official table that a base vector can reach, 60 of 270, by EQ1, EQ2 and EQ4; the columns are EQ3 with
 * EQ6: 00, 01, 10, 11, 21. Without threat and environmental metrics EQ5 is always 0, and EQ4 never.
 * https://www.first.org/cvss/v4-0/cvss-v40-specification.html, table of MacroVector scores.
 */
const scores: Readonly<Record<string, readonly number[]>> = {
  '001': [10, 9.6, 9.3, 9.2, 7.9],
  '002': [9.3, 9, 8.8, 8, 6.9],
  '011': [9.5, 9.1, 9.2, 8.2, 7.1],
  '012': [9.2, 8.1, 8.4, 7, 6.3],
  '101': [9.4, 8.9, 8.6, 7.6, 6.5],
  '102': [8.7, 7.5, 7.2, 5.7, 5.3],
  '111': [9, 7.7, 7.4, 5.9, 5.8],
  '112': [7.7, 6.6, 6.1, 5.2, 2.3],
  '201': [8.6, 7.4, 7.2, 5.7, 4.7],
  '202': [7, 5.4, 5.3, 3.6, 2.4],
  '211': [7.3, 5.5, 6.1, 5.1, 2.4],
  '212': [5.4, 4.3, 4.6, 1.8, 1],
}
const columns = ['00', '01', '10', '11', '21']

/**
 * Of the classes that have a milder one next to them: how many steps of a metric their most severe vector has taken, and
 * how many more lead to the next class.
 */
const eq1Ways: Ways = { 0: [0, 1], 1: [1, 4] }
const eq2Ways: Ways = { 0: [0, 1] }
const eq3Ways: Ways = { '00': [0, 7], '10': [1, 8] }
const eq4Ways: Ways = { 1: [3, 5] }

type Ways = Readonly<Record<string, readonly [taken: number, more: number]>>

/** What lies in the next milder class: the score there, and how far towards it the vector is, 0–1. */
interface Neighbour {
  readonly score: number
  readonly share: number
}

/** Undefined for what is no vector of version 4; threat, environmental and supplemental metrics are left out. */
export function baseScore4(vector: string): number | undefined {
  const metrics = parseVector(vector, grammar)
  if (metrics === undefined) return undefined
  const get = (name: string) => metrics.get(name) ?? ''
  const is = (name: string, value: string) => get(name) === value
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every((name) => is(name, 'N'))) return 0
  const eq1 = eq1Of(is)
  const eq2 = is('AC', 'L') && is('AT', 'N') ? 0 : 1
  const eq3 = eq3Of(is)
  const eq4 = is('SC', 'H') || is('SI', 'H') || is('SA', 'H') ? 1 : 2
  const share = (names: readonly string[], [taken, more]: readonly [number, number] = [0, 1]) =>
    (names.reduce((sum, name) => sum + stepsOf(name).indexOf(get(name)), 0) - taken) / more
  const own = lookUp(eq1, eq2, eq3, eq4) ?? 0
  return interpolate(own, [
    ...neighbour(lookUp(eq1 + 1, eq2, eq3, eq4), share(['AV', 'PR', 'UI'], eq1Ways[eq1])),
    ...neighbour(lookUp(eq1, eq2 + 1, eq3, eq4), share(['AC', 'AT'], eq2Ways[eq2])),
    ...neighbour(milderEq3(eq1, eq2, eq3, eq4), share(['VC', 'VI', 'VA'], eq3Ways[eq3])),
    ...neighbour(lookUp(eq1, eq2, eq3, eq4 + 1), share(['SC', 'SI', 'SA'], eq4Ways[eq4])),
    // EQ5 has a next class, and no base vector is on its way to it.
    { score: own, share: 0 },
  ])
}

function eq1Of(is: (name: string, value: string) => boolean): number {
  const free = [is('AV', 'N'), is('PR', 'N'), is('UI', 'N')]
  if (free.every(Boolean)) return 0
  return free.some(Boolean) && !is('AV', 'P') ? 1 : 2
}

/** EQ3 and EQ6 together, since they depend on each other. */
function eq3Of(is: (name: string, value: string) => boolean): string {
  if (is('VC', 'H') && is('VI', 'H')) return '00'
  return is('VC', 'H') || is('VI', 'H') || is('VA', 'H') ? '10' : '21'
}

/** Of two ways down the one to the higher score, as section 8.2 says. */
function milderEq3(eq1: number, eq2: number, eq3: string, eq4: number): number | undefined {
  if (eq3 === '21') return undefined
  if (eq3 === '10') return lookUp(eq1, eq2, '11', eq4)
  return Math.max(lookUp(eq1, eq2, '01', eq4) ?? 0, lookUp(eq1, eq2, '10', eq4) ?? 0)
}

function lookUp(eq1: number, eq2: number, eq3: string, eq4: number): number | undefined {
  return scores[`${eq1}${eq2}${eq4}`]?.[columns.indexOf(eq3)]
}

function neighbour(score: number | undefined, share: number): readonly Neighbour[] {
  return score === undefined ? [] : [{ score, share }]
}

/** From the most severe vector of the class towards the neighbours, by the mean of the ways. */
function interpolate(own: number, neighbours: readonly Neighbour[]): number {
  const way = neighbours.reduce((sum, { score, share }) => sum + (own - score) * share, 0) / neighbours.length
  // Half of a tenth rounds up, also where binary fractions come out just below it.
  return Math.round((Math.min(Math.max(own - way, 0), 10) + 1e-6) * 10) / 10
}

/** Values from the most severe to the mildest, a step each; impacts on other systems begin below `S`. */
function stepsOf(name: string): readonly string[] {
  if (name === 'SC' || name === 'SI' || name === 'SA') return ['S', ...impacts]
  return [...(base[name] ?? '')]
}
