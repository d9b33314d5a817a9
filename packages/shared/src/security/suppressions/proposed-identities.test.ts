import { describe, expect, test } from 'vitest'
import type { KnownRisk, ProposalSubject } from './proposal.ts'
import { proposedIdentities } from './proposed-identities.ts'

const jinja: KnownRisk = {
  identity: 'vulnerability pypi/jinja2 CVE-2024-22195',
  names: ['CVE-2024-22195', 'GHSA-h5c8-rqwp-cp95'],
  component: 'pypi/jinja2',
  version: '3.1.2',
}
const npm: KnownRisk = {
  identity: 'vulnerability npm/jinja2 CVE-2024-22195',
  names: ['CVE-2024-22195'],
  component: 'npm/jinja2',
}
const key: KnownRisk = {
  identity: 'secret aws src/a[1].py aaaaaaaaaaaa',
  names: ['aws-access-token'],
  path: 'src/a[1].py',
}
const known = [npm, jinja, key]

const of = (about: ProposalSubject, risks: readonly KnownRisk[] = known) =>
  proposedIdentities({ origin: 'f', about }, risks)

describe('an entry of an ignore file', () => {
  test.each<[string, ProposalSubject, readonly KnownRisk[]]>([
    ['an id is in every component that has it', { ids: ['cve-2024-22195'] }, [npm, jinja]],
    ['any of the ids', { ids: ['x', 'ghsa-H5C8-rqwp-cp95'] }, [jinja]],
    ['a component', { component: 'pypi/jinja2' }, [jinja]],
    ['a component of any ecosystem', { component: 'jinja2' }, [npm, jinja]],
    ['an id in a component', { ids: ['CVE-2024-22195'], component: 'npm/jinja2' }, [npm]],
    ['a component in its version', { component: 'pypi/jinja2', version: '3.1.2' }, [jinja]],
    ['not in another version', { component: 'pypi/jinja2', version: '3.1.3' }, []],
    ['not where nobody knows the version', { component: 'npm/jinja2', version: '3.1.2' }, []],
    ['a rule in a file', { ids: ['aws-access-token'], paths: ['src/a\\[1\\].py'] }, [key]],
    ['a rule below a folder', { ids: ['aws-access-token'], paths: ['src/**'] }, [key]],
    ['not in another file', { ids: ['aws-access-token'], paths: ['test/**'] }, []],
    ['nothing', { ids: [] }, []],
  ])('fits: %s', (_, about, fitting) => {
    expect(of(about)).toEqual(fitting.map(({ identity }) => identity))
  })

  test('says by itself what it is about where no scan knows it', () => {
    const about = { ids: ['x', 'ghsa-H5C8-rqwp-cp95'], component: 'pypi/jinja2' }
    expect(of(about, [])).toEqual(['vulnerability pypi/jinja2 GHSA-h5c8-rqwp-cp95'])
    expect(of({ ...about, version: '3.1.2' }, [])).toEqual([])
    expect(of({ ids: ['CVE-2024-22195'] }, [])).toEqual([])
    expect(of({ ids: ['CVE-2024-22195'], component: 'jinja2' }, [])).toEqual([])
    expect(of({ ids: ['CVE-2024-22195'], component: 'oci/app' }, [])).toEqual([])
    expect(of({ ids: ['CVE-2024-22195'], component: 'pypi/jinja2', paths: ['a'] }, [])).toEqual([])
  })
})
