/** What the installed Flake8 with its plugins understands, and what of the configuration it does not. */
import type { Notice, ToolOutput } from '@ci-actions/shared'
import { excerpt, listOf, parseJson, recordOf, ToolOutputError } from '@ci-actions/shared'
import { pluginsForCodes } from './flake8-plugins.ts'

/**
 * Prints the codes that installed plugins provide, which are the names of their entry points, and the options that
 * they know. Flake8 passes over both without a word where nobody knows them.
 */
export const askInstallation = `
import contextlib, io, json, os, re
from importlib.metadata import distributions
codes = sorted({
    point.name for each in distributions() for point in each.entry_points
    if point.group == "flake8.extension"
})
os.environ["COLUMNS"] = "1000"
help = io.StringIO()
try:
    from flake8.main.cli import main
    with contextlib.redirect_stdout(help):
        main(["--help"])
except SystemExit:
    pass
options = sorted(set(re.findall(r"--([a-z0-9]+(?:-[a-z0-9]+)*)", help.getvalue())))
print(json.dumps({"codes": codes, "options": options}))
`

export interface Flake8Settings {
  /** For messages: `.flake8`. */
  readonly path: string
  readonly names: readonly string[]
  /** Codes that the project selects. */
  readonly selected: readonly string[]
  /** Codes of plugins that stand in the configuration itself. */
  readonly local: readonly string[]
}

/** A code that nobody provides means that a plugin is missing and its checks are left out: `failed`. */
export async function compareInstallation(
  { stdout, stderr }: ToolOutput,
  { path, names, selected, local }: Flake8Settings,
): Promise<readonly Notice[]> {
  const text = await stdout.text()
  if (text.trim() === '')
    throw new ToolOutputError(`Flake8 does not say what it understands. ${excerpt(await stderr.text())}`)
  const printed = recordOf(parseJson(text, 'Flake8'), 'Flake8')
  const provided = [...listOf(printed['codes'], 'Flake8').map(String), ...local]
  const options = new Set(listOf(printed['options'], 'Flake8').map(String))
  if (!provided.includes('F') || !options.has('max-line-length'))
    throw new ToolOutputError('Flake8 names neither its own codes nor its own options.')
  const missing = selected.filter((code) => !provided.some((each) => brings(each, code)))
  const unknown = names.filter((name) => !options.has(name))
  return [
    ...missing.map((code): Notice => ({ level: 'failed', message: missingPlugin(code, path) })),
    ...unknown.map(
      (name): Notice => ({
        level: 'warning',
        message: `${path}: \`${name}\` has no effect, because neither Flake8 nor an installed plugin knows it.`,
      }),
    ),
  ]
}

/** A plugin with `C4` brings `C401` and what `C` selects; one with `A` brings no `ANN`. */
function brings(provided: string, code: string): boolean {
  const letters = (text: string): string => text.replace(/\d+$/, '')
  return provided.startsWith(code) || (code.startsWith(provided) && letters(code) === letters(provided))
}

function missingPlugin(code: string, path: string): string {
  const [plugin] = pluginsForCodes([code])
  const what = plugin === undefined ? 'the plugin that brings it' : plugin
  return `No installed plugin of Flake8 has codes that begin with \`${code}\`, which ${path} selects. Pin ${what} in the project's development dependencies or in \`additional_dependencies\` of the hook.`
}
