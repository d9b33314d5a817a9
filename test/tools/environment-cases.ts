/** Planted environments, in which packages are installed by name alone; see package-index.ts for what is newer. */
import type { ToolCase } from './cases.ts'

const files = { 'requirements.txt': 'invented-http==3.0.0\n\ninvented-parser==1.4.0\n' }
const usage: ToolCase = { name: 'usage-error', files, installed: [], args: ['--no-such-option'] }

export const conflictCases: readonly ToolCase[] = [
  {
    name: 'clean',
    files,
    installed: [
      { name: 'invented-http', version: '3.0.1', needs: ['invented-parser>=1.4'] },
      { name: 'invented-parser', version: '1.4.0' },
    ],
  },
  {
    name: 'findings',
    files,
    installed: [
      { name: 'invented-http', version: '3.0.1', needs: ['Invented_Parser>=1.5'] },
      { name: 'invented-parser', version: '1.4.0', needs: ['invented-other'] },
    ],
  },
  { name: 'nothing-installed', files, installed: [] },
  {
    name: 'broken-package',
    files,
    installed: [{ name: 'invented-parser', version: '1.4.0', broken: true }],
  },
  usage,
]

export const outdatedCases: readonly ToolCase[] = [
  {
    name: 'clean',
    files,
    installed: [{ name: 'invented-http', version: '3.0.1' }],
    index: 'packages',
  },
  {
    name: 'findings',
    files,
    installed: [
      { name: 'invented-http', version: '3.0.1' },
      { name: 'invented-parser', version: '1.4.0' },
    ],
    index: 'packages',
  },
  {
    name: 'unknown-to-index',
    files,
    installed: [
      { name: 'invented-http', version: '3.0.1' },
      { name: 'only-ours', version: '1.0' },
    ],
    index: 'packages',
  },
  { name: 'wrong-index', files, installed: [{ name: 'only-ours', version: '1.0' }], index: 'packages' },
  { name: 'nothing-installed', files, installed: [], index: 'packages' },
  {
    name: 'index-stopped',
    files,
    installed: [{ name: 'invented-http', version: '3.0.1' }],
    index: 'stopped',
  },
  usage,
]
