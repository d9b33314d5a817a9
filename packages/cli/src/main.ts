import { leave, nodeClock, openTerminal } from '@ci-actions/shared/host'
import { runCommand } from './run-command.ts'

await leave(await runCommand(openTerminal(), nodeClock))
