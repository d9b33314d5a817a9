/** What to do about a weakness, in one sentence. Pure. */
import type { Finding } from '@ci-actions/shared'
import { cweFamily } from '@ci-actions/shared'

/** By the number that stands for the family of a weakness. */
const adviceByCwe: Readonly<Record<number, string>> = {
  22: 'Resolve the path and refuse it outside the folder that it belongs to.',
  78: 'Pass arguments as a list, without a shell.',
  79: 'Let the template escape it.',
  89: 'Pass values as parameters, not in the text of the query.',
  94: 'Do not run text as code; parse it as data.',
  200: 'Leave it out of what users see.',
  208: 'Compare secrets in constant time.',
  295: 'Verify certificates.',
  319: 'Use TLS.',
  327: 'Use a current algorithm: SHA-256 for digests, Argon2 or scrypt for passwords.',
  330: 'Take randomness from a source for secrets, such as `secrets`.',
  347: 'Verify the signature before using what it signs.',
  352: 'Keep the protection against forged requests on.',
  377: 'Make temporary files with `tempfile.mkstemp` or its like.',
  400: 'Set a time limit.',
  489: 'Turn debugging off where it is deployed.',
  502: 'Read untrusted data as JSON, or with a safe loader.',
  601: 'Redirect only to addresses of a list.',
  605: 'Bind to the address that is meant.',
  611: 'Parse XML without external entities, such as with `defusedxml`.',
  703: 'Handle the error, or let it rise.',
  732: 'Give the file to its owner alone.',
  798: 'Take it from the environment, and revoke it where it was issued.',
  829: 'Pin it by digest.',
  918: 'Request only addresses of a list.',
  942: 'Name the origins that may ask.',
  1104: 'Replace it with one that is maintained.',
  1321: 'Refuse keys such as `__proto__`, or use a `Map`.',
  1333: 'Rewrite the expression so that no part repeats what repeats.',
}

/** By rule, of tools that say what is wrong and not what to do. */
const adviceByRule: Readonly<Record<string, string>> = {
  // Bandit, whose numbers of weaknesses are those of what may follow: https://bandit.readthedocs.io/en/latest/plugins/
  B102: adviceByCwe[94] ?? '',
  B201: adviceByCwe[489] ?? '',
  B307: adviceByCwe[94] ?? '',
  B506: 'Use `yaml.safe_load`.',
  B701: adviceByCwe[79] ?? '',
  // Hadolint, https://github.com/hadolint/hadolint/wiki
  DL3002: 'End with a `USER` that is not root.',
  DL3004: 'Leave out `sudo`; a build is root until `USER` says otherwise.',
  DL3006: 'Name the version of the image, best its digest.',
  DL3007: 'Name a version instead of `latest`.',
  DL3008: 'Name the versions of packages.',
  DL3020: 'Use `COPY`.',
  // zizmor, https://docs.zizmor.sh/audits/
  artipacked: 'Set `persist-credentials: false` at `actions/checkout`.',
  'cache-poisoning': 'Do not restore caches where releases are built.',
  'dangerous-triggers': 'Use `pull_request`, or check out nothing of the pull request.',
  'excessive-permissions': 'Set `permissions: {}` at the top, and what is needed for each job.',
  'hardcoded-container-credentials': 'Take it from `secrets`, and revoke it.',
  'secrets-inherit': 'Name the secrets that the called workflow needs.',
  'template-injection': 'Give it to the script by `env:`, and use the variable there.',
  'unpinned-images': 'Pin the image by its digest.',
  'unpinned-uses': 'Pin it by the full hash of a commit.',
  'untrusted-input': 'Give it to the script by `env:`, and use the variable there.',
}

/** Undefined where nothing better is known than what the tool says. */
export function adviceFor({ security, rule, witnesses = [] }: Finding): string | undefined {
  if (security?.kind === 'secret') {
    return security.verified === true
      ? 'It works: revoke it now. Then take it out of the code.'
      : 'Revoke it where it was issued, then take it out: the history keeps it.'
  }
  for (const name of [rule, ...witnesses.map((each) => each.rule)])
    if (Object.hasOwn(adviceByRule, name)) return adviceByRule[name]
  for (const cwe of security?.cwe ?? []) {
    const found = adviceByCwe[cwe] ?? adviceByCwe[cweFamily(cwe) ?? 0]
    if (found !== undefined) return found
  }
  return undefined
}
