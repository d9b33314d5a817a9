/** Planted lists of Python packages; the service knows advisories about two of them, see scripts/osv-advisories.ts. */
import type { ToolCase } from './cases.ts'

const hash = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

export const pipAuditCases: readonly ToolCase[] = [
  { name: 'clean', files: { 'requirements.txt': 'invented-parser==1.5.0\n' }, service: 'advisories' },
  {
    name: 'findings',
    files: { 'requirements.txt': '# ours\ninvented-http==3.0.1\nInvented_Parser==1.4.0\n' },
    service: 'advisories',
  },
  {
    name: 'hashed',
    files: { 'requirements.txt': `invented-parser==1.4.0 \\\n    --hash=${hash}\n    # via orders\n` },
    service: 'advisories',
  },
  {
    name: 'locked',
    files: {
      'pyproject.toml': '[project]\nname = "orders"\nversion = "1"\ndependencies = ["invented-http"]\n',
      'uv.lock': `version = 1

[[package]]
name = "invented-http"
version = "3.0.1"
source = { registry = "index" }
dependencies = [{ name = "invented-parser" }]

[[package]]
name = "invented-parser"
version = "1.4.0"
source = { registry = "index" }

[[package]]
name = "invented-parser"
version = "1.5.0"
source = { registry = "index" }

[[package]]
name = "from-git"
version = "1.0"
source = { git = "ssh" }

[[package]]
name = "orders"
version = "1"
source = { editable = "." }
dependencies = [{ name = "invented-http" }]
`,
    },
    service: 'advisories',
  },
  {
    name: 'skipped',
    files: {
      'requirements.txt': 'invented-parser==1.5.0\nelsewhere @ file:///nowhere/elsewhere-1.0.tar.gz\n',
    },
    service: 'advisories',
  },
  {
    name: 'all-skipped',
    files: { 'requirements.txt': 'elsewhere @ file:///nowhere/elsewhere-1.0.tar.gz\n' },
    service: 'advisories',
  },
  {
    name: 'conflict',
    files: { 'requirements.txt': 'invented-parser==1.5.0\ninvented-parser==1.4.0\n' },
    service: 'advisories',
  },
  { name: 'unavailable', files: { 'requirements.txt': 'invented-parser==1.5.0\n' }, service: 'stopped' },
  {
    name: 'usage-error',
    files: { 'requirements.txt': 'invented-parser==1.5.0\n' },
    args: ['--no-such-option'],
    service: 'advisories',
  },
]
