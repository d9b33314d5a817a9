/** A step's log as the runner reads it: which lines it obeys. Source: actions/runner ActionCommandManager.cs. */

export interface WorkflowCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

export interface RunnerLog {
  /** What the runner obeys, in order; without the switching on and off of commands. */
  readonly commands: readonly WorkflowCommand[]
  /** Lines that it shows as they are. */
  readonly text: readonly string[]
}

/** Throws where commands are left switched off: the rest of the step would be mute. */
export function readRunnerLog(log: string): RunnerLog {
  const commands: WorkflowCommand[] = []
  const text: string[] = []
  let resume: string | undefined
  for (const line of log.split(/\r\n|\r|\n/)) {
    const command = parseCommand(line)
    if (resume !== undefined) {
      if (command?.name === resume) resume = undefined
      else text.push(line)
    } else if (command === undefined) text.push(line)
    else if (command.name === 'stop-commands') resume = command.message
    else commands.push(command)
  }
  if (resume !== undefined) throw new Error(`commands are never resumed by ::${resume}::`)
  return { commands, text }
}

/** `::name key=value,key=value::message` at the start of what is trimmed, or `##[name key=value;]message` anywhere. */
function parseCommand(line: string): WorkflowCommand | undefined {
  const found =
    /^[^\w]*?::([^\s:]+)(?: (.*?))?::(.*)$/s.exec(line.trimStart()) ??
    /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/s.exec(line)
  if (found === null) return undefined
  const [, name = '', properties = '', message = ''] = found
  const pairs = properties.split(/[,;]/).filter(Boolean)
  return {
    name: name.toLowerCase(),
    properties: Object.fromEntries(
      pairs.map((pair) => [pair.split('=', 1)[0] ?? '', unescaped(pair.slice(pair.indexOf('=') + 1))]),
    ),
    message: unescaped(message),
  }
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}
