import { expect, it } from 'vitest'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { projectOf, requestFor } from '../../../../test/tools/run-case.ts'
import { hadolint } from './hadolint.ts'

const installed = { command: ['hadolint'], version: '2.15.1' }

it('refuses a configuration whose format would win over ours', () => {
  const files = { Dockerfile: 'FROM scratch\n', '.hadolint.yaml': 'format: tty\n' }
  const request = requestFor(hadolint, { name: 'x', files }, { top: '', installed })
  expect(() => hadolint.invocations(request)).toThrow(/sets `format`/)
})

it.each([
  'Dockerfile',
  'api/Dockerfile',
  'Dockerfile.prod',
  'Dockerfile-dev',
  'Dockerfile_gpu',
  'worker.Dockerfile',
  'Containerfile',
  'x/y.containerfile',
])('looks at %s', (path) => {
  const project = projectOf({ name: 'x', files: { [path]: '' } }, '/project')
  expect(hadolint.applies(project)).toEqual({ runs: true, files: [path] })
})

it.each(['Dockerfile.md', 'dockerfile.py', 'my-dockerfile', 'Dockerfile.dockerignore', 'docs/Dockerfiles'])(
  'leaves %s alone',
  (path) => {
    const project = projectOf({ name: 'x', files: { [path]: '' } }, '/project')
    expect(hadolint.applies(project)).toMatchObject({ runs: false })
  },
)

it('calls an image that runs as root a high risk, and style a low one', async () => {
  const [output] = readRecorded(hadolint, 'findings')
  const findings = output === undefined ? [] : (await hadolint.parse(output)).findings
  const severities = new Map(findings.map(({ rule, security }) => [rule, security?.claims[0]?.severity]))
  expect(severities.get('DL3002')).toBe('high')
  expect(severities.get('DL3066')).toBe('low')
})

it.each([
  ['ignored: [DL3008]\n', ['.hadolint.yaml decides what Hadolint passes over.']],
  ['ignored: []\n', []],
  ['trustedRegistries: [registry.example]\n', []],
])('says that its configuration leaves rules out: %j', (text, expected) => {
  const files = { Dockerfile: 'FROM scratch\n', '.hadolint.yaml': text }
  const { project } = requestFor(hadolint, { name: 'x', files }, { top: '', installed })
  expect(hadolint.notices?.(project).map(({ message }) => message)).toEqual(expected)
})
