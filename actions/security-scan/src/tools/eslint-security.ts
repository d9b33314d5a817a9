import { dirname, join, posix } from 'node:path'
import type { Notice, Project, Tool, ToolRequest } from '@ci-actions/shared'
import { ToolOutputError } from '@ci-actions/shared'
import { parseEslintSecurityReport } from './eslint-security-report.ts'
import { without } from './risk-finding.ts'
import { fileArguments, onFiles, withoutRoot } from './scope.ts'

/**
 * The project's own configuration of ESLint is a program, which a pull request can change; it is not run. Comments in
 * the files count, as they do for developers.
 */
export const eslintSecurity: Tool = {
  id: 'eslint-security',
  name: 'ESLint (eslint-plugin-security)',
  homepage: 'https://github.com/eslint-community/eslint-plugin-security',
  scope: 'file',
  kind: 'code',
  metrics: ['findings'],
  install: { kind: 'npm', package: 'eslint', executable: 'eslint' },
  asEvidence: without('source', 'output'),
  configuredBy: () => [],
  applies: (project) => onFiles(project, 'JavaScript files', isReadByEslint),
  invocations: (request) => {
    const config = join(request.outputFolder, 'security.config.cjs')
    return [
      {
        args: ['--config', config, '--format=json', '--no-ignore', ...request.args, '--'],
        files: fileArguments(request.files),
        inputs: { [config]: configuration(request) },
        exitCodes: [0, 1],
      },
    ]
  },
  async parse({ exitCode, stdout, request }) {
    const text = await stdout.text()
    const result = parseEslintSecurityReport(text)
    // Comments in the files can ask for rules that are not there, which are errors.
    if (exitCode === 1 && !/"severity":\s*2/.test(text))
      throw new ToolOutputError('ESLint says that it found something, and printed nothing.')
    const notices = (result.notices ?? []).map((each) => ({
      ...each,
      message: withoutRoot(each.message, request.project),
    }))
    return { ...result, notices }
  },
  notices: ownConfigurationNotice,
}

/** No TypeScript: that needs another parser. */
export function isReadByEslint(path: string): boolean {
  return /\.(?:[cm]?js|jsx)$/.test(path)
}

function ownConfigurationNotice({ files, folder }: Project): readonly Notice[] {
  const own = files.filter((path) => /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.\w+)?)$/.test(path))
  return own.map((path) => ({
    level: 'notice',
    message: `${posix.join(folder, path)} is not used: it can run programs.`,
  }))
}

/**
 * Nothing tells whether a `.js` file is a module, so it is tried as both. Modules are found by path, since the file stands
 * outside their folder.
 */
function configuration({ command }: ToolRequest): string {
  // …/node_modules/eslint/bin/eslint.js
  const modules = dirname(dirname(dirname(command.at(-1) ?? '')))
  const at = (name: string): string => JSON.stringify(join(modules, name))
  return `const security = require(${at('eslint-plugin-security')})
const espree = require(${at('espree')})

function parse(text, options) {
  try {
    return espree.parse(text, { ...options, sourceType: 'module' })
  } catch (error) {
    try {
      return espree.parse(text, { ...options, sourceType: 'commonjs' })
    } catch {
      throw error
    }
  }
}

module.exports = [
  {
    files: ['**/*.{js,cjs,mjs,jsx}'],
    languageOptions: {
      parser: { meta: { name: 'module-or-script' }, parse },
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: { security },
    rules: security.configs.recommended.rules,
  },
]
`
}
