import { ToolOutputError } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import { parseChanged } from '../../../../test/tools/contract.ts'
import { tools } from './index.ts'

it.each([
  ['the errors are no list', 'bandit', 'findings', /"errors": \[\]/, '"errors": {}'],
  ['a severity is missing', 'bandit', 'findings', /"issue_severity": "LOW",/, ''],
  ['a file has no name', 'bandit', 'findings', /"filename": "[^"]*",/, ''],
  ['a line is no number', 'bandit', 'findings', /"line_number": \d+/, '"line_number": "1"'],
  ['what was scanned is missing', 'semgrep', 'findings', /"scanned":/, '"other":'],
  ['the errors are missing', 'semgrep', 'findings', /"errors":/, '"other":'],
  ['a place is missing', 'semgrep', 'findings', /"start":/, '"begin":'],
  ['a digest is cut', 'detect-secrets', 'findings', /"hashed_secret": "[^"]{8}/, '"hashed_secret": "'],
  ['the results are a list', 'detect-secrets', 'findings', /"results": \{/, '"results": [], "other": {'],
  ['a determination is missing', 'zizmor', 'findings', /"determinations"/, '"other"'],
  ['a row is no number', 'zizmor', 'findings', /"row": \d+/, '"row": null'],
  ['a code is missing', 'hadolint', 'findings', /"code":/, '"other":'],
  ['a line is no number', 'hadolint', 'findings', /"line":\d+/, '"line":null'],
  ['the dependencies are missing', 'pip-audit', 'findings', /"dependencies":/, '"other":'],
  ['the vulnerabilities are missing', 'pip-audit', 'findings', /"vulns":/, '"other":'],
  ['the fixes are no texts', 'pip-audit', 'findings', /"fix_versions": \["[^"]*"\]/, '"fix_versions": [1]'],
  ['it counts fewer packages', 'pnpm-audit', 'findings', /"totalDependencies": 3/, '"totalDependencies": 2'],
  ['it counts more advisories', 'pnpm-audit', 'findings', /"high": 2/, '"high": 3'],
  ['the advisories are missing', 'pnpm-audit', 'findings', /"advisories":/, '"other":'],
  ['a package has no name', 'pnpm-audit', 'findings', /"module_name": "[^"]*",/, ''],
  ['a severity is missing', 'yarn-audit', 'findings', /"Severity":"high",/, ''],
  ['a title is missing', 'yarn-audit', 'findings', /"Issue":"[^"]*",/, ''],
  ['a line is cut', 'yarn-audit', 'findings', /"URL"[^\n]*/, ''],
  ['a severity is missing', 'npm-audit', 'findings', /"severity": "high",\s*"cwe"/, '"cwe"'],
])('%s: %s', async (_, id, name, pattern, replacement) => {
  const tool = tools.find((each) => each.id === id)
  await expect(parseChanged(tool, name, (text) => text.replace(pattern, replacement))).rejects.toThrow(
    ToolOutputError,
  )
})
