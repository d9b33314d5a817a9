/** The services that a case has its tool ask, on loopback. */
import type { ToolRequest } from '../../packages/shared/src/tool/tool.ts'
import { startOsvServer } from '../../scripts/osv-server.ts'
import { startBrokenRegistry } from './broken-registry.ts'
import type { ToolCase } from './cases.ts'
import { startPackageIndex } from './package-index.ts'

/** Its address is another one in each run. */
export async function withService<Result>(
  { service, registry, index }: ToolCase,
  request: ToolRequest,
  run: (request: ToolRequest) => Promise<Result>,
): Promise<Result> {
  if (index !== undefined) return withIndex(index, request, run)
  const wanted = service ?? registry
  if (wanted === undefined) return run(request)
  const { url, close } = await startService(wanted)
  const own = registry === undefined ? { 'osv-url': url } : { 'npm-registry': `${url}/` }
  try {
    return await run({ ...request, settings: { ...request.settings, ...own } })
  } finally {
    await close()
  }
}

async function startService(wanted: NonNullable<ToolCase['service'] | ToolCase['registry']>) {
  if (wanted !== 'advisories' && wanted !== 'stopped') return startBrokenRegistry(wanted)
  const server = await startOsvServer()
  if (wanted === 'advisories') return server
  await server.close()
  return { url: server.url, close: async () => {} }
}

async function withIndex<Result>(
  wanted: 'packages' | 'stopped',
  request: ToolRequest,
  run: (request: ToolRequest) => Promise<Result>,
): Promise<Result> {
  const index = await startPackageIndex()
  if (wanted === 'stopped') await index.close()
  try {
    return await run({ ...request, args: [...request.args, '--index-url', index.url] })
  } finally {
    if (wanted === 'packages') await index.close()
  }
}
