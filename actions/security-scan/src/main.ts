import { runAction } from '@ci-actions/shared'
import { githubHost, leave } from '@ci-actions/shared/host'
import { githubCache } from '@ci-actions/shared/host/cache'
import { securityScan } from './action.ts'

const { exitCode } = await runAction(securityScan, await githubHost({ cache: githubCache }))
await leave(exitCode)
