/** The worlds that an action can run in. `githubCache` is apart, in `host/cache`, for its weight. */
export { type GithubHostOptions, githubHost } from './github/index.ts'
export { findWorkspace } from './local/folders.ts'
export { type LocalHost, type LocalOptions, localHost } from './local/index.ts'
export { openTerminal, type Terminal } from './local/terminal.ts'
export { nodeClock } from './node/clock.ts'
export { leave } from './node/leave.ts'
export * from './ports.ts'
