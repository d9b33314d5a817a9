/** Default rules. `coverage` is left out where nobody asked for it; asked for and absent it makes a run incomplete. */
export const gate = `
failures == 0
errors == 0
tests > 0
quarantine-stale == 0
coverage >= 80%
`
