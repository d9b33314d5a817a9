/**
 * Stand-ins for actions of others that a workflow runner without the internet cannot get. Artifacts are folders below
 * `$ARTIFACTS`, in the layout that the real actions give them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeRepository } from '../../scripts/example-repository.ts'

const UPLOAD = `name: upload-artifact
description: stand-in
inputs:
  name: { description: name, required: true }
  path: { description: path, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        NAME: \${{ inputs.name }}
        SOURCE: \${{ inputs.path }}
      run: |
        mkdir -p "$ARTIFACTS/$NAME"
        if test -d "$SOURCE"; then cp -R "$SOURCE/." "$ARTIFACTS/$NAME"; else cp "$SOURCE" "$ARTIFACTS/$NAME"; fi
`

const DOWNLOAD = `name: download-artifact
description: stand-in; without a name, each artifact in a folder of its name
inputs:
  name: { description: name, default: '' }
  path: { description: path, default: '.' }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        NAME: \${{ inputs.name }}
        TARGET: \${{ inputs.path }}
      run: mkdir -p "$TARGET" && cp -R "$ARTIFACTS/$NAME/." "$TARGET"
`

const SETUP = `name: setup-python
description: stand-in; the Python of this machine
inputs:
  python-version: { description: version, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      run: python3 --version
`

const standIns = { 'upload-artifact': UPLOAD, 'download-artifact': DOWNLOAD, 'setup-python': SETUP }

/** Makes the repositories of those that the workflow uses: `owner/name@ref` to folder. */
export function standInActions(workflow: string, folder: string): Readonly<Record<string, string>> {
  const made = Object.entries(standIns).flatMap(([name, content]) => {
    const used = new RegExp(`actions/${name}@[0-9a-f]{40}`).exec(workflow)?.[0]
    if (used === undefined) return []
    const repository = join(folder, name)
    mkdirSync(repository, { recursive: true })
    writeFileSync(join(repository, 'action.yml'), content)
    makeRepository(repository, name)
    return [[used, repository] as const]
  })
  return Object.fromEntries(made)
}
