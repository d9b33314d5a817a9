/** JaCoCo XML (Java, Kotlin, Scala; also what Gradle's and Maven's aggregation write). */
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageDialect } from './coverage-dialect.ts'
import { wholeNumber } from './coverage-dialect.ts'
import type { FileTable } from './coverage-table.ts'
import { CoverageTable } from './coverage-table.ts'
import type { XmlAttributes } from './xml-attributes.ts'

interface Reading {
  readonly table: CoverageTable
  readonly groups: string[]
  package: string
  current?: FileTable | undefined
}

/**
 * A line counts as covered if any instruction of it ran, as in JaCoCo's own counter. Paths are those of packages, below
 * the names of the groups around them: two modules may have a file of the same name in the same package.
 */
export function jacoco(): CoverageDialect {
  const reading: Reading = { table: new CoverageTable(), groups: [], package: '' }
  return {
    open: (name, attributes) => {
      openElement(name, attributes, reading)
      return undefined
    },
    close: (name) => {
      if (name === 'group') reading.groups.pop()
      else if (name === 'package') reading.package = ''
      else if (name === 'sourcefile') reading.current = undefined
    },
    report: () => reading.table.report(),
  }
}

function openElement(name: string, attributes: XmlAttributes, reading: Reading): void {
  if (name === 'line') {
    if (reading.current !== undefined) addLine(attributes, reading.current)
  } else if (name === 'sourcefile') {
    const file = attributes.get('name')
    if (file === undefined || file === '') throw new ToolOutputError('it has a source file without name')
    const folders = [...reading.groups, reading.package].filter((each) => each !== '')
    reading.current = reading.table.file([...folders, file].join('/'))
  } else if (name === 'package') {
    reading.package = attributes.get('name') ?? ''
  } else if (name === 'group') {
    reading.groups.push(attributes.get('name') ?? '')
  }
}

/** `nr` is the line; `mi` and `ci` count missed and covered instructions, `mb` and `cb` branches. */
function addLine(attributes: XmlAttributes, file: FileTable): void {
  const [number, missed, covered] = ['nr', 'mi', 'ci'].map((key) => wholeNumber(attributes.get(key)))
  if (number === undefined || missed === undefined || covered === undefined) {
    throw new ToolOutputError('it has a line without number or instructions')
  }
  file.line(number, covered > 0)
  const taken = wholeNumber(attributes.get('cb')) ?? 0
  file.branches(number, taken, taken + (wholeNumber(attributes.get('mb')) ?? 0))
}
