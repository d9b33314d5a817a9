/** Small planted projects for TruffleHog, and what they come to; see cases.ts and expected.ts. */
import type { ToolCase } from './cases.ts'
import { secretCases } from './secret-cases.ts'
import type { Summary } from './summary.ts'

/** Made up; in two pieces, so that this file does not look like it holds one. */
const token = ['ghp_', '9aK2mQ7xR4tL8vB1nC6zP3wY5dJ0hF7gS2eU'].join('')
const otherToken = ['ghp_', 'Zt5Wq8Er1Ty4Ui7Op0As3Df6Gh9Jk2LzXcVb'].join('')

const clean = { 'app/clean.py': 'NAME = "clean"\n' }
const planted = { 'app/settings.py': `X = 1\nTOKEN = "${token}"\n` }
const long = Array.from({ length: 40 }, (_, index) => `line ${index} = ${index * 7}\n`).join('')

export const trufflehogCases: readonly ToolCase[] = [
  { name: 'clean', files: clean },
  { name: 'findings', files: { ...clean, ...planted } },
  {
    name: 'odd-names',
    files: {
      "it's odd.py": `T = "${token}"\n`,
      '-option.py': `T = "${token}"\n`,
      '@list.py': `T = "${token}"\n`,
      'ä b#1%20.py': `T = "${token}"\n`,
    },
  },
  { name: 'usage-error', files: clean, args: ['--no-such-option'] },
  {
    name: 'history',
    files: clean,
    history: [{ ...planted, 'app/kept.py': '' }, { 'app/settings.py': undefined }],
    settings: { 'secret-commits': 'all' },
  },
  {
    name: 'renamed',
    files: clean,
    history: [
      { 'app/old.txt': long },
      { 'app/old.txt': undefined, 'app/new.txt': `${long}TOKEN = "${token}"\n` },
      { 'app/new.txt': undefined },
    ],
    settings: { 'secret-commits': 'all' },
  },
  ...secretCases(token, otherToken),
  { name: 'silenced', files: { 'app/settings.py': `TOKEN = "${token}"  # trufflehog:ignore\n` } },
]

export const trufflehogExpected: Readonly<Record<string, Partial<Summary>>> = {
  clean: { status: 'clean', findings: [], messages: [] },
  findings: { findings: ['secrets Github app/settings.py:2'], messages: [] },
  'usage-error': { status: 'failed' },
  history: { findings: ['secrets Github app/settings.py'], messages: [] },
  renamed: { findings: ['secrets Github app/new.txt'] },
  package: { findings: ['secrets Github settings.py'], messages: [] },
  'unknown-commit': { status: 'failed' },
  'ignored-by-git': { status: 'clean', messages: [] },
  // A change that adds such a comment is called out by the core.
  silenced: { status: 'clean', messages: [] },
}
