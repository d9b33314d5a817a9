import type { ToolRequest } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { projectOf } from '../test/sample-project.ts'
import { readSbom } from './sbom-file.ts'
import { sbomPipAudit } from './sbom-pip-audit.ts'

function read(bom: object) {
  const value = { bomFormat: 'CycloneDX', specVersion: '1.6', ...bom }
  return readSbom({ value, text: JSON.stringify(value, undefined, 1) }, 'sbom.json')
}

const component = (purl: string) => ({ type: 'library', name: 'x', purl })

describe('what is looked up', () => {
  it('is each package and version once, also inside of others', () => {
    const inner = [component('pkg:npm/%40scope/b@2.0'), component('pkg:pypi/Own_Name@1.0')]
    const outer = { ...component('pkg:pypi/own-name@1.0'), components: inner }
    expect(read({ components: [outer] })?.components.map(({ dependency }) => dependency)).toEqual([
      { ecosystem: 'pypi', name: 'own-name', version: '1.0' },
      { ecosystem: 'npm', name: '@scope/b', version: '2.0' },
    ])
  })

  it('leaves out, and names, what has no package URL with a version', () => {
    const components = [
      component('pkg:pypi/a@1'),
      component('pkg:pypi/b'),
      { type: 'library', name: 'c' },
      { type: 'file', name: 'd' },
    ]
    expect(read({ components })).toMatchObject({ components: [{ line: 8 }], unnamed: ['x', 'c'] })
  })

  it('is nothing where somebody looked already, but an empty list says nothing', () => {
    const components = [component('pkg:pypi/a@1')]
    expect(read({ components, vulnerabilities: [{ id: 'CVE-1' }] })).toBeUndefined()
    expect(read({ components, vulnerabilities: [] })?.components).toHaveLength(1)
  })

  it.each([{}, { components: [] }, { components: 'none' }, { components: [{ name: 'c' }] }])(
    'is never nothing: %j',
    (bom) => {
      expect(() => read(bom)).toThrow('nothing to look up')
    },
  )
})

describe('the list that pip-audit gets', () => {
  const request: ToolRequest = {
    project: projectOf([]),
    files: [],
    command: ['pip-audit'],
    version: '2',
    cacheFolder: '/cache',
    outputFolder: '/output',
    args: [],
    cores: 1,
    fix: false,
    settings: {},
  }

  it('has a line for each package, and a list for each version of one', () => {
    const sbom = read({
      components: ['a@1.0', 'A@2.0', 'b@1.0', 'c@1.0%0A--index-url%20http://evil.test', 'd@%40%20file'].map(
        (each) => component(`pkg:pypi/${each}`),
      ),
    })
    if (sbom === undefined) throw new Error('no bill of materials')
    const tool = sbomPipAudit([sbom], { alone: false })
    expect(tool.invocations(request).map(({ inputs }) => Object.values(inputs ?? {}))).toEqual([
      ['a==1.0\nb==1.0\n'],
      ['a==2.0\n'],
    ])
    expect(tool.notices?.(request.project)).toEqual([
      { level: 'warning', message: expect.stringMatching(/c@1.0%0A.*d@/) },
    ])
  })
})
