/** Small projects with planted defects: contents by path. */

export const clean = {
  'app/__init__.py': '"""The application."""\n',
  'app/clean.py':
    '"""Sums."""\n\n\ndef add(left: int, right: int) -> int:\n    """Add two numbers."""\n    return left + right\n',
}

/** Line 4 is formatted wrongly; names are undefined, unused and of the wrong type; `nested` has 7 branches inside each other. */
export const defects = {
  ...clean,
  'app/defects.py': `import sys, os
import orders_missing
from app import nowhere_at_all
def join( left,right ):
    value = undefined_name
    return left+right


def nested(items: list[int]) -> str:
    for item in items:
        if item > 0:
            while item:
                if item == 1:
                    for other in items:
                        if other:
                            return 1
    return add("1", 2)


def add(left: int, right: int) -> int:
    """Add."""
    return left + right


print(sys, orders_missing, nowhere_at_all)
`,
}

const repeated = Array.from(
  { length: 12 },
  (_, index) => `    total += compute(${index}, left, right) * rates[${index}]\n`,
).join('')
export const duplicates = {
  ...clean,
  'app/first.py': `"""First."""\n\n\ndef first(left, right, rates):\n    total = 0\n${repeated}    return total\n`,
  'app/second.py': `"""Second."""\n\n\ndef second(left, right, rates):\n    total = 0\n${repeated}    return total\n`,
}

export const broken = { ...clean, 'app/broken.py': 'def broken(:\n    pass\n' }
export const latin1 = { ...clean, 'app/latin.py': '"""Names."""\n\nNAME = "caf\u00e9"\n' }
export const unicode = {
  'app/wide.py': '"""Wide."""\n\nNAME = "\u00e9\u{1f40d}"; print(NAME, undefined_name)\n',
}

/** Names that look like an option or an argument file, and those that need quotes. */
const oddNames = ['--config=x.py', '@odd.py', 'app/n\u00e4me.py', 'app/with space.py']
export const odd = Object.fromEntries(
  oddNames.map((name) => [name, 'import sys, os\nx={ "a":undefined_name }\nprint(sys)\n']),
)

/** A check of Flake8 that a project brings itself. */
export const namingCheck = `"""A check of the project's own."""


class Naming:
    """Dislikes odd names."""

    def __init__(self, tree, filename):
        """Keep the file's name."""
        self.filename = filename

    def run(self):
        """Find one in each file called so."""
        if self.filename.endswith("wrong.py"):
            yield 1, 0, "X100 odd", type(self)
`
