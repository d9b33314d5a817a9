/** Small planted projects for Trivy; see cases.ts. */
import type { ToolCase } from './cases.ts'

/** Made up; in two pieces, so that this file does not look like it holds one. */
const token = ['ghp_', '9aK2mQ7xR4tL8vB1nC6zP3wY5dJ0hF7gS2eU'].join('')
const files = {
  'requirements.txt': 'invented-parser==1.4.0\n',
  Dockerfile: 'FROM python:3.11\nUSER nobody\nRUN cd /tmp\n',
  'app/settings.py': `X = 1\nTOKEN = "${token}"\n`,
}

/** It does not belong to the project where a report goes, what is in it, and who looks. */
const elsewhere = [
  ...['output: out.txt', 'server:', '  addr: http://127.0.0.1:9', 'generate-default-config: true'],
  ...['scan:', '  compliance: docker-cis-1.6.0', 'format: table', 'severity: [LOW]', ''],
].join('\n')

const offline = { settings: { offline: true }, database: true }

export const trivyCases: readonly ToolCase[] = [
  {
    ...{ name: 'clean', ...offline },
    files: { 'requirements.txt': 'invented-parser==1.5.0\n', 'app/clean.py': 'NAME = "clean"\n' },
  },
  { name: 'findings', files, ...offline },
  {
    name: 'odd-names',
    files: {
      "it's odd.py": `T = "${token}"\n`,
      '-option.py': `T = "${token}"\n`,
      'ä b#1%20.py': `T = "${token}"\n`,
    },
    ...offline,
  },
  { name: 'usage-error', files, args: ['--no-such-option'], ...offline },
  { name: 'no-database', files, settings: { offline: true } },
  { name: 'configured', files: { ...files, '.trivyignore': 'CVE-2026-90001\n' }, ...offline },
  {
    name: 'everything-allowed',
    files: { ...files, 'trivy.yaml': 'scan:\n  skip-dirs: ["**"]\n  skip-files: ["**"]\n' },
    ...offline,
  },
  { name: 'own-configuration', files: { ...files, 'trivy.yaml': elsewhere }, ...offline },
  {
    name: 'ignored-by-git',
    files: { ...files, '.gitignore': 'local/\n' },
    untracked: { 'local/notes.py': `T = "${token}"\n` },
    ...offline,
  },
]
