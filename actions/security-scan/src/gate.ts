/**
 * Default rules. Where nobody knows how severe a risk is, somebody has to look at it. A database that is a week old has
 * missed what was published since.
 */
const always = `
suppressions-stale.expired == 0
suppressions-stale.too-long == 0
warn suppressions-stale.unused == 0
warn database-age <= 24h
database-age <= 7d
`

export const gateForAll = `
findings.critical == 0
findings.high == 0
findings.unknown == 0
secrets == 0
licenses.denied == 0
warn dependencies.conflicts == 0
${always}`

/** What the change brought. A secret stays one, whoever committed it: old ones are in sight until somebody decides. */
const gateForNew = `
new.findings.critical == 0
new.findings.high == 0
new.findings.unknown == 0
new.secrets == 0
warn secrets == 0
new.licenses.denied == 0
warn new.dependencies.conflicts == 0
${always}`

/** Without entries of suppressions none can be stale, and rows about them would be noise; a user's own rule stays. */
export function gatesFor(entries: number): { readonly all: string; readonly new: string } {
  const kept = (gate: string) =>
    gate
      .split('\n')
      .filter((line) => entries > 0 || !line.includes('suppressions-stale'))
      .join('\n')
  return { all: kept(gateForAll), new: kept(gateForNew) }
}
