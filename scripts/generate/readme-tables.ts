/** The generated parts of an action's README, by the name of their marker. */

import type { InputSpec, InputSpecs } from '../../packages/shared/src/action/input.ts'
import { describeValues } from '../../packages/shared/src/action/input-kinds.ts'
import { inputSections } from '../../packages/shared/src/action/input-sections.ts'
import { outputsOf } from '../../packages/shared/src/action/outputs.ts'
import type { AnyAction, Contact, PermissionNeed } from '../../packages/shared/src/action/spec.ts'
import type { MetricDeclaration, MetricDeclarations } from '../../packages/shared/src/gate/metric.ts'
import { code, markdownTable } from './markdown-table.ts'

export function readmeTables(action: AnyAction): Readonly<Record<string, string>> {
  return {
    inputs: inputTables(action.allInputs),
    outputs: outputTable(action),
    metrics: metricTable(action.metrics),
    gate: defaultGate(action),
    permissions: permissionTable(action.permissions),
    hosts: contactTable(action.contacts),
  }
}

function inputTables(specs: InputSpecs): string {
  return inputSections(specs)
    .map(({ title, inputs }) => `### ${title}\n\n${inputTable(inputs)}`)
    .join('\n\n')
}

export function inputTable(inputs: readonly (readonly [string, InputSpec])[]): string {
  return markdownTable(
    ['input', 'takes', 'default', 'what it does'],
    inputs.map(([name, spec]) => [
      code(name),
      describeValues(spec),
      spec.expression !== undefined
        ? spec.kind === 'secret'
          ? 'the job’s token'
          : 'from GitHub'
        : spec.default === undefined
          ? ''
          : code(spec.default),
      spec.example === undefined ? spec.description : `${spec.description} Example: ${code(spec.example)}.`,
    ]),
  )
}

function outputTable(action: AnyAction): string {
  return markdownTable(
    ['output', 'what it is'],
    outputsOf(action).map(({ name, description }) => [code(name), description]),
  )
}

const adding: Readonly<Record<MetricDeclaration['adds'], string>> = {
  sum: 'sum',
  max: 'highest',
  ratio: 'weighted',
  only: '',
}

function metricTable(metrics: MetricDeclarations): string {
  return markdownTable(
    ['metric', 'unit', 'total', 'better', 'what it is'],
    Object.entries(metrics).map(([name, metric]) => [
      code(name),
      metric.unit,
      adding[metric.adds],
      metric.better,
      metric.description,
    ]),
  )
}

function defaultGate(action: AnyAction): string {
  const builtIn = Object.hasOwn(action.metrics, 'tools-failed') ? ['tools-failed == 0'] : []
  return ['```text', ...action.gate.trim().split('\n'), ...builtIn, '```'].join('\n')
}

function permissionTable(permissions: readonly PermissionNeed[]): string {
  return markdownTable(
    ['permission', 'needed', 'for'],
    permissions.map(({ permission, required, reason }) => [
      code(permission),
      required ? 'always' : 'optional',
      reason,
    ]),
  )
}

function contactTable(contacts: readonly Contact[]): string {
  return markdownTable(
    ['host', 'for'],
    contacts.map(({ host, reason }) => [host, reason]),
  )
}
