/** Planted projects that every scanner of secrets in commits is tried on; see cases.ts. */
import type { ToolCase } from './cases.ts'

/** Two tokens that the scanner knows, and does not take for made up. */
export function secretCases(token: string, otherToken: string): readonly ToolCase[] {
  const clean = { 'app/clean.py': 'NAME = "clean"\n' }
  return [
    {
      name: 'package',
      folder: 'services/api',
      files: { 'services/api/clean.py': 'X = 1\n' },
      history: [
        {
          'services/api/settings.py': `TOKEN = "${token}"\n`,
          'other/settings.py': `TOKEN = "${otherToken}"\n`,
        },
        { 'services/api/settings.py': undefined, 'other/settings.py': undefined },
      ],
      settings: { 'secret-commits': 'all' },
    },
    {
      name: 'unknown-commit',
      files: clean,
      history: [clean],
      settings: { 'secret-commits': '0123456789abcdef0123456789abcdef01234567' },
    },
    {
      name: 'ignored-by-git',
      files: { ...clean, '.gitignore': 'local/\n' },
      untracked: { 'local/notes.txt': `${token}\n` },
    },
  ]
}
