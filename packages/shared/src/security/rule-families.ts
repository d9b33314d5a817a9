/** Rules of different tools that mean the same. Names are written as {@link ruleName} makes them. */
import { ruleName } from './cwe-families.ts'

/**
 * Kinds of secrets, by what gitleaks, detect-secrets, TruffleHog and Trivy call them. Whatever is not listed is
 * `generic`: entropy, key words, and services that only one tool knows.
 */
export const secretFamilies: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'aws',
    'aws-access-key',
    'aws-access-key-id',
    'aws-access-token',
    'aws-secret-access-key',
    'aws-account-id',
    'awssessionkey',
  ],
  azure: [
    'azure',
    'azure-ad-client-secret',
    'azure-storage-account-access-key',
    'azurestorage',
    'azure-storage-key',
  ],
  'basic-auth': ['basic-auth-credentials', 'curl-auth-user', 'uri'],
  discord: ['discord-api-token', 'discord-bot-token', 'discordbottoken'],
  gcp: ['gcp', 'gcp-api-key', 'gcp-service-account', 'googleapikey'],
  github: [
    'github',
    'github-token',
    'github-pat',
    'github-fine-grained-pat',
    'github-app-token',
    'github-oauth',
    'github-refresh-token',
  ],
  gitlab: ['gitlab', 'gitlab-token', 'gitlab-pat', 'gitlabv2'],
  jwt: ['jwt', 'jwt-base64', 'jwt-token', 'json-web-token'],
  mailchimp: ['mailchimp', 'mailchimp-api-key', 'mailchimp-access-key'],
  npm: ['npm', 'npm-access-token', 'npmtoken', 'npmtokenv2', 'npm-token', 'npm-tokens'],
  openai: ['openai', 'openai-api-key', 'openai-token'],
  'private-key': ['private-key', 'privatekey', 'asymmetric-private-key'],
  pypi: ['pypi-upload-token', 'pypi-token'],
  sendgrid: ['sendgrid', 'sendgrid-api-token', 'sendgrid-api-key'],
  slack: [
    'slack',
    'slack-token',
    'slack-access-token',
    'slack-bot-token',
    'slack-user-token',
    'slack-app-token',
    'slackwebhook',
    'slack-web-hook',
    'slack-webhook-url',
  ],
  square: ['square', 'square-oauth-secret', 'square-access-token'],
  stripe: [
    'stripe',
    'stripe-access-key',
    'stripe-access-token',
    'stripe-publishable-token',
    'stripe-secret-token',
  ],
  telegram: ['telegram-bot-token', 'telegram-bot-api-token', 'telegrambottoken'],
  twilio: ['twilio', 'twilio-api-key'],
}

/** `file`: there is one of it in a file, whichever line a tool points at. */
export interface MisconfigurationFamily {
  readonly about: 'file' | 'line'
  readonly rules: readonly string[]
}

/**
 * Hadolint (`DL…`) with Trivy (`DS-…`), and checks of workflows. Numbers of Trivy's checks without `AVD-` and hyphens, as
 * {@link misconfigurationFamily} evens them out. https://github.com/hadolint/hadolint#rules,
 * https://avd.aquasec.com/misconfig/dockerfile/
 */
export const misconfigurationFamilies: Readonly<Record<string, MisconfigurationFamily>> = {
  'dockerfile-root-user': { about: 'file', rules: ['dl3002', 'ds0002'] },
  'dockerfile-no-healthcheck': { about: 'file', rules: ['dl3057', 'ds0026'] },
  'dockerfile-latest-tag': { about: 'line', rules: ['dl3006', 'dl3007', 'ds0001'] },
  'dockerfile-add': { about: 'line', rules: ['dl3020', 'ds0005'] },
  'dockerfile-sudo': { about: 'line', rules: ['dl3004', 'ds0010'] },
  'dockerfile-relative-workdir': { about: 'line', rules: ['dl3000', 'ds0009'] },
  'dockerfile-cd': { about: 'line', rules: ['dl3003', 'ds0013'] },
  'dockerfile-port-range': { about: 'line', rules: ['dl3011', 'ds0008'] },
  'dockerfile-copy-destination': { about: 'line', rules: ['dl3021', 'ds0011'] },
  'dockerfile-copy-from-itself': { about: 'line', rules: ['dl3023', 'ds0006'] },
  'dockerfile-alias-twice': { about: 'line', rules: ['dl3024', 'ds0012'] },
  'dockerfile-maintainer': { about: 'line', rules: ['dl4000', 'ds0022'] },
  'dockerfile-wget-and-curl': { about: 'line', rules: ['dl4001', 'ds0014'] },
  'dockerfile-several-cmd': { about: 'line', rules: ['dl4003', 'ds0016'] },
  'dockerfile-several-entrypoint': { about: 'line', rules: ['dl4004', 'ds0007'] },
  'dockerfile-several-healthcheck': { about: 'line', rules: ['dl3012', 'ds0023'] },
  'apt-get-dist-upgrade': { about: 'line', rules: ['dl3005', 'ds0024'] },
  'apt-get-without-yes': { about: 'line', rules: ['dl3014', 'ds0021'] },
  'apt-get-recommends': { about: 'line', rules: ['dl3015', 'ds0029'] },
  'apk-cache': { about: 'line', rules: ['dl3019', 'ds0025'] },
  'yum-cache': { about: 'line', rules: ['dl3032', 'ds0015'] },
  'zypper-cache': { about: 'line', rules: ['dl3036', 'ds0020'] },
  'dnf-cache': { about: 'line', rules: ['dl3040', 'ds0019'] },
  'workflow-template-injection': {
    about: 'line',
    rules: ['template-injection', 'untrusted-input', 'run-shell-injection'],
  },
  'workflow-container-credentials': {
    about: 'line',
    rules: ['hardcoded-container-credentials', 'credentials'],
  },
}

const secretFamilyOf = byRule(secretFamilies)
const misconfigurationFamilyOf = byRule(
  Object.fromEntries(Object.entries(misconfigurationFamilies).map(([name, { rules }]) => [name, rules])),
)

function byRule(families: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(families).flatMap(([name, rules]) => rules.map((rule) => [rule, name])))
}

export function secretFamily(rule: string): string {
  return secretFamilyOf.get(ruleName(rule)) ?? 'generic'
}

/** The rule's own name where no other tool has its like; empty for a rule without a name. */
export function misconfigurationFamily(rule: string): string {
  const name = ruleName(rule)
  const check = /^(?:avd-)?(ds)-?0*(\d{1,4})$/.exec(name)
  const evened = check === null ? name.replace(/^avd-/, '') : `${check[1]}${check[2]?.padStart(4, '0')}`
  return misconfigurationFamilyOf.get(evened) ?? evened
}

export function isAboutFile(family: string): boolean {
  return Object.hasOwn(misconfigurationFamilies, family) && misconfigurationFamilies[family]?.about === 'file'
}
