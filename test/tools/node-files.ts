/** Planted files of Node, for the scanners of its code and its locks. */

export const weakScript = `const { exec } = require('child_process')
exports.run = (name) => exec('ls ' + name)
exports.find = (text) => eval(text)
exports.quiet = (text) => eval(text) // eslint-disable-line security/detect-eval-with-expression
`

export const weakTypescript = `import { exec } from 'node:child_process'

export interface Found<T> {
  readonly text: T
}
abstract class Box {
  constructor(private readonly found: Found<string>) {}
  @logged() declare size: number
  run = () => exec('ls ' + this.found.text)
}
export const box = eval(Box.name as string) satisfies unknown
`

/** With the commas that Bun writes. */
export const bunLock = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "dependencies": {
        "invented-pages": "^1.0.0",
      },
    },
  },
  "packages": {
    "invented-pages": ["invented-pages@1.0.0", "", { "dependencies": { "invented-template": "2.0.0" } }, "sha512-AAAA"],

    "invented-template": ["invented-template@2.0.0", "", {}, "sha512-BBBB"],
  }
}
`
