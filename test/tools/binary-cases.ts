/** Small planted projects for the scanners that are binaries, and for those of JavaScript; see cases.ts. */
import { auditCases } from './audit-cases.ts'
import type { ToolCase } from './cases.ts'
import { bunLock, weakScript, weakTypescript } from './node-files.ts'
import { npmLock, npmProject } from './npm-project.ts'
import { secretCases } from './secret-cases.ts'
import { trivyCases } from './trivy-cases.ts'
import { trufflehogCases } from './trufflehog-cases.ts'

/** Made up; in two pieces, so that this file does not look like it holds one. */
const token = ['ghp_', '9aK2mQ7xR4tL8vB1nC6zP3wY5dJ0hF7gS2eU'].join('')
const otherToken = ['ghp_', 'Zt5Wq8Er1Ty4Ui7Op0As3Df6Gh9Jk2LzXcVb'].join('')

const clean = { 'app/clean.py': 'NAME = "clean"\n' }

const workflow = `on: pull_request_target
jobs:
  check:
    runs-on: ubuntu-latest
    services:
      store:
        image: redis
        credentials: { username: us, password: not-secret-at-all }
    steps:
      - run: echo "\${{ github.event.pull_request.title }}"
      - run: echo "\${{ matrix.nowhere }}"
`
const safeWorkflow = `on: push
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - run: "true"
`

const usage = (files: ToolCase['files']): ToolCase => ({
  name: 'usage-error',
  files,
  args: ['--no-such-option'],
})

export const binaryCases: Readonly<Record<string, readonly ToolCase[]>> = {
  ...auditCases,
  gitleaks: [
    { name: 'clean', files: clean },
    { name: 'findings', files: { ...clean, 'app/settings.py': `X = 1\nTOKEN = "${token}"\n` } },
    {
      name: 'odd-names',
      files: {
        "it's odd.py": `T = "${token}"\n`,
        '-option.py': `T = "${token}"\n`,
        'ä b.py': `T = "${token}"\n`,
      },
    },
    usage(clean),
    {
      name: 'history',
      files: clean,
      history: [
        { 'app/settings.py': `TOKEN = "${token}"\n`, 'app/kept.py': '' },
        { 'app/settings.py': undefined },
      ],
      settings: { 'secret-commits': 'all' },
    },
    ...secretCases(token, otherToken),
    { name: 'no-history', files: clean, settings: { 'secret-commits': 'all' } },
    {
      name: 'configured',
      files: {
        'app/settings.py': `TOKEN = "${token}"\n`,
        'app/other.py': `TOKEN = "${otherToken}"\n`,
        '.gitleaks.toml': "[extend]\nuseDefault = true\n[[allowlists]]\npaths = ['''settings''']\n",
      },
    },
    {
      name: 'everything-allowed',
      files: {
        'app/settings.py': `TOKEN = "${token}"\n`,
        '.gitleaks.toml': "[extend]\nuseDefault = true\n[[allowlists]]\npaths = ['''.*''']\n",
      },
    },
    { name: 'config-broken', files: { ...clean, '.gitleaks.toml': 'x = [\n' } },
  ],
  'osv-scanner': [
    { name: 'clean', files: { 'requirements.txt': 'invented-parser==1.5.0\n' }, database: true },
    {
      name: 'findings',
      files: {
        'requirements.txt': '# ours\ninvented-http==3.0.1\nInvented_Parser==1.4.0\n',
        ...npmProject('2.0.0'),
      },
      database: true,
    },
    {
      name: 'odd-names',
      files: {
        'a:b/requirements.txt': 'invented-parser==1.4.0\n',
        "it's odd/requirements-dev.txt": 'invented-parser==1.4.0\n',
      },
      database: true,
    },
    { ...usage({ 'requirements.txt': 'invented-parser==1.5.0\n' }), database: true },
    {
      name: 'unpinned',
      files: { 'requirements.txt': 'invented-parser>=1.4.0\ninvented-http\ninvented-other==1.0\n' },
      database: true,
    },
    { name: 'nothing-locked', files: { 'package-lock.json': npmLock({}, []) }, database: true },
    { name: 'bun', files: { 'web/bun.lock': bunLock }, database: true },
    {
      name: 'broken-lock',
      files: {
        'requirements.txt': 'invented-parser==1.4.0\n',
        'package-lock.json': '{"lockfileVersion": 3,',
      },
      database: true,
    },
    {
      name: 'no-database',
      files: { 'Cargo.lock': '[[package]]\nname = "x"\nversion = "1.0.0"\n' },
      database: true,
    },
    {
      name: 'configured',
      files: {
        'requirements.txt': 'invented-parser==1.4.0\n',
        'osv-scanner.toml':
          '[[IgnoredVulns]]\nid = "CVE-2026-90001"\nreason = "not reached"\n[[IgnoredVulns]]\nid = "CVE-2026-99999"\nreason = "unused"\n',
      },
      database: true,
    },
    {
      name: 'config-broken',
      files: { 'requirements.txt': 'invented-parser==1.5.0\n', 'osv-scanner.toml': 'x = [\n' },
      database: true,
    },
  ],
  actionlint: [
    { name: 'clean', files: { '.github/workflows/ci.yml': safeWorkflow } },
    { name: 'findings', files: { '.github/workflows/ci.yml': workflow } },
    { name: 'syntax-error', files: { '.github/workflows/broken.yml': 'on: push\njobs: [\n' } },
    { name: 'odd-names', files: { ".github/workflows/it's odd.yml": workflow } },
    usage({ '.github/workflows/ci.yml': safeWorkflow }),
    {
      name: 'configured',
      files: {
        '.github/workflows/ci.yml': workflow,
        '.github/actionlint.yaml': 'paths:\n  .github/workflows/ci.yml:\n    ignore: [untrusted]\n',
      },
    },
  ],
  'eslint-security': [
    { name: 'clean', files: { 'web/clean.js': 'export const add = (a, b) => a + b\n' } },
    {
      name: 'findings',
      files: { 'web/weak.js': weakScript, 'web/View.jsx': 'export const View = () => <p />\n' },
    },
    { name: 'syntax-error', files: { 'web/clean.js': 'export {}\n', 'web/broken.js': 'function (\n' } },
    {
      name: 'odd-names',
      files: { '-option.js': weakScript, "it's odd.cjs": weakScript, 'pages/[id].js': weakScript },
    },
    usage({ 'web/clean.js': 'export {}\n' }),
    {
      name: 'own-configuration',
      files: {
        'web/weak.js': weakScript,
        'eslint.config.js': 'throw new Error("the configuration of the project was run")\n',
      },
    },
    {
      name: 'typescript',
      files: {
        'web/weak.ts': weakTypescript,
        'web/View.tsx': 'export const View = ({ a }: { a: string }) => <p>{eval(a)}</p>\n',
        'web/old.cts': "import fs = require('fs')\nexport = fs\n",
        'web/new.mts': "export type { Found } from './weak.ts'\nawait using a = open()\n",
        'web/types.d.ts': 'export declare const a: number\n',
        'translations/app_de.ts': '<?xml version="1.0"?>\n<!DOCTYPE TS>\n<TS version="2.1"></TS>\n',
      },
    },
    {
      name: 'broken-typescript',
      files: { 'web/clean.ts': 'export {}\n', 'web/broken.ts': 'export const a: = 1\n' },
    },
    {
      name: 'script-and-module',
      files: { 'a.js': 'return 010\n', 'b.js': 'import a from "./a.js"\nawait a\n', 'c.mjs': 'export {}\n' },
    },
    {
      name: 'settings-in-comments',
      files: {
        'web/weak.js': `/* eslint security/detect-child-process: 0 */${weakScript}`,
        'web/weak.ts': '/* eslint security/detect-eval-with-expression: "off" */ eval(a as string)\n',
      },
    },
    {
      name: 'other-rules',
      files: {
        'web/clean.js': '/* eslint no-such/rule: "error" */\n// eslint-disable-next-line no-eval\nvar a\n',
      },
    },
  ],
  trivy: trivyCases,
  trufflehog: trufflehogCases,
}
