/**
 * Ends the process with `exitCode` once what was written to the standard streams has arrived. Explicit,
 * because an open socket (of the cache client, say) would keep the process alive; and after the streams,
 * because pipes are written asynchronously on Windows and the last lines would be lost.
 */
export async function leave(exitCode: number): Promise<never> {
  await Promise.all([written(process.stdout), written(process.stderr)])
  process.exit(exitCode)
}

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    // Nobody may be reading any more.
    stream.once('error', () => resolve())
    stream.write('', () => resolve())
  })
}
