import { dirname, join, posix } from 'node:path'
import type { Notice, Project, Tool, ToolRequest } from '@ci-actions/shared'
import { ToolOutputError } from '@ci-actions/shared'
import { notCode, parseEslintSecurityReport } from './eslint-security-report.ts'
import { without } from './risk-finding.ts'
import { fileArguments, onFiles, withoutRoot } from './scope.ts'

/**
 * The project's own configuration of ESLint is a program, which a pull request can change; it is not run. Comments in
 * the files that switch a rule off count, as they do for developers.
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
  applies: (project) => onFiles(project, 'JavaScript or TypeScript files', isReadByEslint),
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

/**
 * Declarations of TypeScript too: Node runs a file `x.d.ts` like any other, and text that runs the other way hides there
 * as well. ESLint itself ignores `node_modules`, and says so of each file.
 */
export function isReadByEslint(path: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx)$/.test(path) && !/(?:^|\/)node_modules\//.test(path)
}

function ownConfigurationNotice({ files, folder }: Project): readonly Notice[] {
  const own = files.filter((path) => /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.\w+)?)$/.test(path))
  return own.map((path) => ({
    level: 'notice',
    message: `${posix.join(folder, path)} is not used: it can run programs.`,
  }))
}

/**
 * Nothing tells whether a `.js` file is a module, so it is tried as both. The parser of TypeScript is slow to load, which
 * a run without it is spared; it is told of no `tsconfig.json`, so it reads no file of the project. Translations of Qt
 * and videos have its suffix as well. Modules are found by path, since the file stands outside their folder.
 */
function configuration({ command }: ToolRequest): string {
  // …/node_modules/eslint/bin/eslint.js
  const modules = dirname(dirname(dirname(command.at(-1) ?? '')))
  return `const load = require('node:module').createRequire(${JSON.stringify(join(modules, 'security.config.cjs'))})
const security = load('eslint-plugin-security')
const espree = load('espree')

// A comment that sets rules is about those of the project, and would switch off ours without a trace in the report.
function withoutSettings(ast) {
  const sets = ({ type, value }) => type === 'Block' && /^\\s*eslint\\s/.test(value)
  ast.comments = (ast.comments ?? []).filter((comment) => !sets(comment))
  return ast
}

function parse(text, options) {
  try {
    return withoutSettings(espree.parse(text, { ...options, sourceType: 'module' }))
  } catch (error) {
    try {
      return withoutSettings(espree.parse(text, { ...options, sourceType: 'commonjs' }))
    } catch {
      throw error
    }
  }
}

function parseForESLint(text, options) {
  const typescript = load('@typescript-eslint/parser')
  try {
    const parsed = typescript.parseForESLint(text, options)
    return { ...parsed, ast: withoutSettings(parsed.ast) }
  } catch (error) {
    if (/^\\s*<(?:\\?xml|!DOCTYPE)\\b|\\0/.test(text)) throw new Error(${JSON.stringify(notCode)})
    throw error
  }
}

const common = {
  linterOptions: { reportUnusedDisableDirectives: 'off' },
  plugins: { security },
  rules: security.configs.recommended.rules,
}
const parserOptions = { ecmaFeatures: { jsx: true } }

module.exports = [
  {
    ...common,
    files: ['**/*.{js,cjs,mjs,jsx}'],
    languageOptions: { parser: { meta: { name: 'module-or-script' }, parse }, parserOptions },
  },
  {
    ...common,
    files: ['**/*.{ts,cts,mts,tsx}'],
    languageOptions: { parser: { meta: { name: 'typescript' }, parseForESLint }, parserOptions },
  },
]
`
}
