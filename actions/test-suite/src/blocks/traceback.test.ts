import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDeepestFirst, projectFrames, stackFrames } from './traceback.ts'

const places = {
  top: '/home/ada/shop',
  cwd: '/home/ada/shop/api',
  files: new Set(['api/src/orders.py', 'api/tests/test_orders.py', 'web/src/Orders.java', 'web/src/cart.ts']),
}

describe('stackFrames reads', () => {
  test.each([
    [
      'pytest, long',
      'tests/test_orders.py:7: \n_ _ _\n>       raise ValueError\nE       ValueError\n\nsrc/orders.py:41: ValueError',
      [
        { path: 'src/orders.py', line: 41 },
        { path: 'tests/test_orders.py', line: 7 },
      ],
    ],
    [
      'pytest, short',
      'tests/test_orders.py:7: in test_price\n    price()\nsrc/orders.py:41: in price\n    raise ValueError',
      [
        { path: 'src/orders.py', line: 41, inside: 'price' },
        { path: 'tests/test_orders.py', line: 7, inside: 'test_price' },
      ],
    ],
    [
      'Python',
      'Traceback (most recent call last):\n  File "C:\\shop\\a b.py", line 3, in <module>\n    f()\n  File "src/x.py", line 9, in f\nValueError',
      [
        { path: 'src/x.py', line: 9, inside: 'f' },
        { path: 'C:\\shop\\a b.py', line: 3, inside: '<module>' },
      ],
    ],
    [
      'Node',
      'Error: no\n    at price (/srv/cart.ts:4:17)\n    at async file:///srv/run.mjs:9:1\n    at new Cart (src/cart.ts:2:3)\n    at node:internal/run:12:3',
      [
        { path: '/srv/cart.ts', line: 4, inside: 'price' },
        { path: 'file:///srv/run.mjs', line: 9 },
        { path: 'src/cart.ts', line: 2, inside: 'new Cart' },
      ],
    ],
    [
      'Java',
      'java.lang.IllegalStateException: no\n\tat com.acme.Orders.price(Orders.java:42)\n\tat app//com.acme.Cart$1.run(Cart.kt:7)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)\n\tat com.acme.Native.call(Native Method)',
      [
        { path: 'com/acme/Orders.java', line: 42, inside: 'Orders.price' },
        { path: 'com/acme/Cart.kt', line: 7, inside: 'Cart$1.run' },
        { path: 'java/lang/Thread.java', line: 1583, inside: 'Thread.run' },
      ],
    ],
    [
      '.NET',
      '   at Acme.Orders.Price(Int32 count) in C:\\src\\Orders.cs:line 42\n   at Acme.Run() in /src/Run.cs:line 3',
      [
        { path: 'C:\\src\\Orders.cs', line: 42, inside: 'Acme.Orders.Price' },
        { path: '/src/Run.cs', line: 3, inside: 'Acme.Run' },
      ],
    ],
    [
      'Go',
      '    orders_test.go:12: got 3\ngoroutine 7 [running]:\nmain.price(...)\n\t/src/orders.go:42 +0x1d',
      [
        { path: 'orders_test.go', line: 12 },
        { path: '/src/orders.go', line: 42 },
      ],
    ],
  ])('%s', (_, text, frames) => {
    expect(stackFrames(text).filter(({ path }) => !path.startsWith('node:'))).toEqual(frames)
  })

  test('nothing from prose, and nothing from data', () => {
    const text = `at 12:30 in the morning\nsee docs: 3\nE  src/x.py:3: in the message\n${'a/'.repeat(400)}b.py:1: x`
    expect(stackFrames(text)).toEqual([])
  })

  test('any text, in time that does not explode', () => {
    const piece = fc.constantFrom(
      'at ',
      '(',
      ')',
      'a',
      '.',
      '/',
      ':',
      '1',
      '\n',
      ' in ',
      'File "',
      '.go',
      '.py',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
        for (const { path, line } of stackFrames(pieces.join(''))) {
          expect(path).not.toBe('')
          expect(line).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})

describe('projectFrames', () => {
  test('keeps files of the repository, absolute or from where the tests ran, each place once', () => {
    const text = [
      'tests/test_orders.py:7: ',
      '/usr/lib/python3/json.py:3: in loads',
      '../../elsewhere/src/orders.py:1: in f',
      'src/gone.py:4: in f',
      '/home/ada/shop/api/src/orders.py:41: in price',
      'src/orders.py:41: ValueError',
    ].join('\n')
    expect(projectFrames(text, places).map(({ path, line }) => `${path}:${line}`)).toEqual([
      'api/src/orders.py:41',
      'api/tests/test_orders.py:7',
    ])
  })

  test('finds the one file that a package can mean, and guesses at none', () => {
    const text = '\tat src.Orders.price(Orders.java:42)'
    expect(projectFrames(text, places)).toMatchObject([{ path: 'web/src/Orders.java', line: 42 }])
    const twice = new Set([...places.files, 'old/src/Orders.java'])
    expect(projectFrames(text, { ...places, files: twice })).toEqual([])
    expect(projectFrames('\tat java.util.Orders.price(Orders.java:42)', places)).toEqual([])
  })
})

test.each([
  ['Error: no\n    at price (/srv/cart.ts:4:17)', true],
  ['    def test():\n>       assert 1\nE   at least one', false],
  ['Traceback\n  File "x.py", line 3\n    at = 1', false],
  ['', false],
])('isDeepestFirst tells stacks that begin with the cause: %j', (text, expected) => {
  expect(isDeepestFirst(text)).toBe(expected)
})
