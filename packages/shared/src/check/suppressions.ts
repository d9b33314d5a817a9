/** Comments that silence a tool, as findings, so that a change that adds them is seen. */
import type { Finding } from '../finding/finding.ts'
import { fingerprint } from '../finding/fingerprint.ts'

/** The comments of the tools' own manuals; each is matched from the `#` on. */
const pattern =
  /#\s*(?:(?:ruff|flake8)\s*:\s*noqa|noqa\b|type\s*:\s*ignore|pyright\s*:\s*(?:ignore|basic|strict=false)|mypy\s*:\s*ignore-errors|pylint\s*:\s*(?:disable|skip-file)|fmt\s*:\s*(?:off|skip)|isort\s*:\s*(?:skip|off)|nosec\b|pragma\s*:\s*no cover)/i

/** Longer lines are data. */
const maxLineLength = 2_000

export function suppressionsIn(path: string, text: string): readonly Finding[] {
  return text.split('\n').flatMap((line, index) => {
    const comment = line.length > maxLineLength ? null : pattern.exec(line)
    if (comment === null) return []
    const said = comment[0].replace(/\s+/g, ' ')
    return [
      {
        tool: 'suppressions',
        rule: 'suppression',
        level: 'note',
        message: said,
        location: { path, line: index + 1 },
        metric: 'suppressions',
        fingerprint: fingerprint({ rule: said, identity: line.trim() }),
        state: 'unknown',
      },
    ]
  })
}
