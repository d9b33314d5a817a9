import { describe, expect, test } from 'vitest'
import { failureParts, failureTitle } from './failure.ts'
import { codesOf, failing, flat, titlesOf, view } from './test/failing.ts'

const id = 'tests/test_orders.py::test_price'
const text = 'tests/test_orders.py:7: \n_ _\nE   ValueError: negative\n\nsrc/orders.py:41: ValueError'

describe('failureTitle', () => {
  test('names the test first, then its file and what is known', () => {
    const known = { ...view, history: () => 'newly failing' }
    const error = failing(`${id}[a: b]`, { status: 'error' })
    expect(failureTitle(error, known)).toBe(
      '`test_price[a: b]`: in `tests/test_orders.py` · error · newly failing',
    )
    expect(failureTitle(failing('adds'), view)).toBe('`adds`')
  })
})

describe('failureParts', () => {
  test('says why, shows where, links the lines deepest first, and how to run it again', () => {
    const blocks = failureParts(failing(id, { message: 'ValueError: negative', text }), view)
    expect(blocks).toEqual([
      { kind: 'paragraph', text: 'ValueError: negative' },
      { kind: 'code', language: 'text', text },
      {
        kind: 'link',
        label: '`src/orders.py:41`',
        url: 'https://github.com/acme/shop/blob/abc/src/orders.py#L41',
      },
      {
        kind: 'link',
        label: '`tests/test_orders.py:7`',
        url: 'https://github.com/acme/shop/blob/abc/tests/test_orders.py#L7',
      },
      { kind: 'code', language: 'sh', text: `pytest ${id} -x` },
    ])
  })

  test('links at most four lines, the test itself among them', () => {
    const deep = [1, 2, 3, 4, 5].map((line) => `src/orders.py:${line}: in f`)
    const trace = ['tests/test_orders.py:7: in test_price', ...deep].join('\n')
    const links = failureParts(failing(id, { text: trace }), view).flatMap((block) =>
      block.kind === 'link' ? [block.label] : [],
    )
    expect(links.map((label) => label.split('`')[1])).toEqual([
      'src/orders.py:5',
      'src/orders.py:4',
      'src/orders.py:3',
      'tests/test_orders.py:7',
    ])
  })

  test('names the lines where nothing can be linked', () => {
    const blocks = failureParts(failing(id, { text }), { ...view, linkTemplate: undefined })
    expect(blocks).toContainEqual({
      kind: 'paragraph',
      text: 'At `src/orders.py:41`, `tests/test_orders.py:7`',
    })
  })

  test('does not say the same twice', () => {
    expect(
      codesOf(failureParts(failing('adds', { message: '1 is not 2', text: '1 is not 2' }), view)),
    ).toEqual([])
  })

  test('keeps the end of a Python traceback and the start of a stack', () => {
    const long = Array.from({ length: 90 }, (_, index) => `E   line ${index}`).join('\n')
    const [python = ''] = codesOf(failureParts(failing('a', { text: long }), view))
    expect(python).toMatch(/^… 30 lines left out …\n.*E {3}line 89$/s)
    const stack = `Error: no\n${Array.from({ length: 90 }, (_, index) => `    at f${index} (/x.js:1:1)`).join('\n')}`
    const [node = ''] = codesOf(failureParts(failing('a', { text: stack }), view))
    expect(node).toMatch(/^Error: no\n {4}at f0 .*\n… 31 lines left out …$/s)
  })

  test('gives the first line of a function its indentation back', () => {
    const cut = 'def test_a():\n>       assert 0\nE       assert 0'
    expect(codesOf(failureParts(failing('a', { text: cut }), view))).toEqual([`    ${cut}`])
  })

  test('folds what was printed, shortened, without the codes of terminals', () => {
    const stdout = `${'x\n'.repeat(150)}\u001b[31mred\u001b[0m`
    const blocks = failureParts(failing('a', { stdout, stderr: '::error::no command' }), view)
    expect(titlesOf(blocks)).toEqual(['Captured output: the last 100 of 152 lines'])
    expect(codesOf(blocks).at(-1)).toMatch(/^… 52 lines left out …\nx\n.*\nred\n::error::no command$/s)
  })

  test('does not count lines that a reader has left out', () => {
    const blocks = failureParts(failing('a', { stdout: '…end of\nmuch' }), view)
    expect(titlesOf(blocks)).toEqual(['Captured output: the last 2 lines'])
  })
})

describe('how to run it again', () => {
  const again = (test: string, given = view) =>
    flat(failureParts(failing(test), given)).filter(
      (block) => block.kind === 'code' && block.language === 'sh',
    )

  test.each([
    ['a class of Java', 'com.acme.CartTest::adds'],
    ['a file that is not there', 'tests/test_gone.py::test_a'],
    ['characters that cannot be seen', `${id}[\u202e]`],
    ['an id that was cut', `${id}[xxx…0123456789abcdef`],
  ])('is not said of %s', (_, test) => {
    expect(again(test)).toEqual([])
  })

  test('names the folder where it is not the top', () => {
    const inFolder = { ...view, places: { ...view.places, cwd: '/shop/tests' } }
    const blocks = failureParts(failing('test_orders.py::test_price[$x]'), inFolder)
    expect(blocks.slice(-2)).toEqual([
      { kind: 'paragraph', text: 'In `tests/`:' },
      { kind: 'code', language: 'sh', text: "pytest 'test_orders.py::test_price[$x]' -x" },
    ])
  })
})
