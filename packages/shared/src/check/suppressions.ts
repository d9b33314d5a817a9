/** Comments that silence a tool, as findings, so that a change that adds them is seen. */
import type { Finding } from '../finding/finding.ts'
import { fingerprint } from '../finding/fingerprint.ts'

/** The comments of the tools' own manuals, as they begin in a language. */
const inPython =
  /#\s*(?:(?:ruff|flake8)\s*:\s*noqa|noqa\b|type\s*:\s*ignore|pyright\s*:\s*(?:ignore|basic|strict=false)|mypy\s*:\s*ignore-errors|pylint\s*:\s*(?:disable|skip-file)|fmt\s*:\s*(?:off|skip)|isort\s*:\s*(?:skip|off)|nosec\b|pragma\s*:\s*no cover)/i
const ofScanners =
  /(?:#|\/\/|\/\*|<!--|--|;)\s*(?:nosem(?:grep)?\b|pragma\s*:\s*(?:allow|white)list(?:[ -]nextline)?[ -]secret|hadolint\s+(?:global\s+)?ignore\s*=|zizmor\s*:\s*ignore\b|trivy\s*:\s*ignore\b|tfsec\s*:\s*ignore\b|checkov\s*:\s*skip\b|shellcheck\s+disable\s*=|eslint-disable\b|#nosec\b)/i
/** These need no comment: the tool looks for the words alone. */
const anywhere = /\b(?:gitleaks:allow|trufflehog:ignore)\b/

const patterns = [inPython, ofScanners, anywhere]

/** Most files have none, and most lines of the others, which one look tells. */
const words =
  /noqa|ignore|nosec|nosem|pragma|pylint|pyright|fmt\s*:|isort|list(?:[ -]nextline)?[ -]secret|gitleaks|checkov|disable/gi

/** Longer lines are data. */
const maxLineLength = 2_000

export function suppressionsIn(path: string, text: string): readonly Finding[] {
  return [...linesWithWords(text)].flatMap(([number, line]) => {
    const said = line.length > maxLineLength ? undefined : commentIn(line)
    if (said === undefined) return []
    return [
      {
        tool: 'suppressions',
        rule: 'suppression',
        level: 'note',
        message: said,
        location: { path, line: number },
        metric: 'suppressions',
        fingerprint: fingerprint({ rule: said, identity: line.trim() }),
        state: 'unknown',
      },
    ]
  })
}

function* linesWithWords(text: string): Generator<readonly [number: number, line: string]> {
  let number = 1
  let start = 0
  for (const { index } of text.matchAll(words)) {
    if (index < start) continue
    for (let end = text.indexOf('\n', start); end !== -1 && end < index; end = text.indexOf('\n', start)) {
      number++
      start = end + 1
    }
    const end = text.indexOf('\n', index)
    yield [number, text.slice(start, end === -1 ? text.length : end)]
    if (end === -1) return
    number++
    start = end + 1
  }
}

/** The first of them, as it begins. */
function commentIn(line: string): string | undefined {
  const [first] = patterns
    .map((pattern) => pattern.exec(line))
    .filter((match) => match !== null)
    .toSorted((a, b) => a.index - b.index)
  return first?.[0].replace(/\s+/g, ' ')
}
