/** What a change of the policy file does to the verdict. */
import { UserError } from '../action/errors.ts'
import { policyAtCommit, policyOfHead } from '../action/find-policy.ts'
import type { PolicySource } from '../action/policy-file.ts'
import { looserRules } from '../gate/loosening.ts'
import type { Rule } from '../gate/rule.ts'
import type { Repository } from '../git/repository.ts'
import type { Host } from '../host/ports.ts'
import type { CheckContext, CheckDefinition } from './definition.ts'
import { readPackages } from './packages.ts'
import { rulesOf } from './rules.ts'
import { changedSettings, describeSettings } from './setting-changes.ts'

/** Inputs that decide where a report goes, not what the verdict is. Rules are compared by themselves. */
const apart: ReadonlySet<string> = new Set([
  ...['gate', 'default-gate', 'id', 'check-run', 'comment', 'report-dir', 'token'],
  ...['plan', 'fix', 'cache', 'offline', 'update-baseline'],
])

/** Sentences for the report; empty where both versions come to the same. */
export async function describePolicyChange(
  context: CheckContext,
  definition: CheckDefinition,
  repository: Repository,
  baseSha: string,
): Promise<readonly string[]> {
  const before = await policyAtCommit(repository, baseSha)
  const now = await headPolicy(context.host, repository.top)
  if (now instanceof UserError) return [`The policy file of this change cannot be used: ${now.message}`]
  const was = effect(context, definition, before)
  const is = effect(context, definition, now)
  const rules = looserRules(was.rules, is.rules)
  const settings = changedSettings(was.settings, is.settings)
  const pending = context.inputs['policy-ref'] === 'base' ? ' It holds once it is merged.' : ''
  return [
    ...(rules.length > 0 ? [`The policy file weakens the gate: ${rules.join(', ')}.${pending}`] : []),
    ...(settings.length > 0 ? [`Inputs in the policy file: ${describeSettings(settings)}.${pending}`] : []),
  ]
}

async function headPolicy(host: Host, top: string): Promise<PolicySource | undefined | UserError> {
  try {
    return await policyOfHead(host, top)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

interface Effect {
  readonly rules: readonly Rule[]
  readonly settings: Readonly<Record<string, unknown>>
}

function effect(
  context: CheckContext,
  definition: CheckDefinition,
  source: PolicySource | undefined,
): Effect {
  const { inputs, policy } = context.underPolicy(source)
  const { packages } = readPackages(policy['packages'], inputs['working-directory'], definition.metrics)
  const settings = Object.entries(inputs).filter(([name]) => !apart.has(name))
  const folders = Object.fromEntries(packages.map(({ name, folder }) => [name, folder || '.']))
  return {
    rules: rulesOf(definition, inputs, packages),
    settings: { ...Object.fromEntries(settings), packages: folders },
  }
}
