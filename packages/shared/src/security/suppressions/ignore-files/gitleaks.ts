/** `.gitleaksignore`: fingerprints of findings, a line each. https://github.com/gitleaks/gitleaks#gitleaksignore */
import type { Proposal } from '../proposal.ts'
import { literal } from './guardian.ts'

/** `path:rule:line`, with the commit in front for one in the history. */
export function gitleaks(text: string, file: string): readonly Proposal[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const fingerprint = line.trim()
    if (fingerprint === '' || fingerprint.startsWith('#')) return []
    const [, path, rule] = /^(?:[0-9a-f]{40}:)?(.+):([^:]+):\d+$/.exec(fingerprint) ?? []
    return [
      {
        origin: `${file}, line ${index + 1}`,
        about: {
          ids: rule === undefined ? [] : [rule],
          paths: path === undefined ? undefined : [literal(path)],
        },
      },
    ]
  })
}
