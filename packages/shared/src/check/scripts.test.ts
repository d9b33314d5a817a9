import { expect, test } from 'vitest'
import { recordingHost } from '../host/recording/index.ts'
import { withScripts } from './scripts.ts'

test('first lines of files without a suffix are known, as far as they name a program', async () => {
  const files = {
    run: '#!/usr/bin/env python3\nimport os\n',
    'bin/windows': '#!/bin/sh\r\nls\r\n',
    'a.py': '#!/usr/bin/python\n',
    '.hidden': '#!/bin/sh\n',
    LICENSE: 'All rights\n',
    empty: '',
    long: `#!${'x'.repeat(100_000)}`,
    'left/out': '#!/bin/sh\n',
  }
  const host = recordingHost({
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text])),
  })
  const project = {
    ...{ name: '', root: '/w', folder: '', pythonFiles: [], configuration: [], firstParty: [] },
    files: [...Object.keys(files), 'gone'],
    inScope: [...Object.keys(files).filter((path) => !path.startsWith('left/')), 'gone'],
  }
  const { scripts } = await withScripts(host, project)
  expect([...(scripts ?? [])].toSorted()).toEqual([
    ['bin/windows', '#!/bin/sh'],
    ['long', `#!${'x'.repeat(253)}`],
    ['run', '#!/usr/bin/env python3'],
  ])
})
