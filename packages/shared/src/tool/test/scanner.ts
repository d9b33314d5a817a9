import type { Tool } from '../tool.ts'

/** Is never run. */
export const scannerWithDatabase: Tool = {
  id: 'scanner',
  name: 'Scanner',
  homepage: '',
  scope: 'project',
  kind: 'dependencies',
  metrics: [],
  install: { kind: 'present', executable: 'scanner' },
  database: () => '2',
  configuredBy: () => [],
  applies: () => ({ runs: true, files: [] }),
  invocations: () => [],
  parse: () => ({ findings: [] }),
}
