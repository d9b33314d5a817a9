import { expect, test } from 'vitest'
import { uncertaintyOf } from './uncertainty.ts'

test.each([
  'import_module(name)',
  'import_module("a" + name)',
  'from importlib import import_module as load',
  '__import__(name)',
  'from importlib.util import spec_from_file_location',
  'for each in entry_points(group="x"):',
  'pkgutil.iter_modules(path)',
  'sys.modules["a"] = b',
  'from sys import path, modules',
  '__path__ = []',
  'exec(code)',
  'eval (code)',
  'import subprocess',
  'os.system("a")',
  'from os import path, execvp',
  'Path("src").rglob("*")',
  'open("scripts/run.py")',
  'from alembic import command',
  '# -*- coding: utf-7 -*-\nx = 1',
])('leaves something open: %s', (source) => {
  expect(uncertaintyOf(source)).toBeDefined()
})

test.each([
  '',
  'import_module("a.b")',
  'import_module( "a" )',
  'from os import environ, path',
  'frame.eval("a + b")',
  're.compile("x")',
  'model.eval()',
  'importlib.metadata.version("a")',
  '# -*- coding: utf-8 -*-\nx = 1',
])('leaves nothing open: %s', (source) => {
  expect(uncertaintyOf(source)).toBeUndefined()
})
