/** A project of npm that depends on an invented package by way of another. */

export function npmLock(packages: Readonly<Record<string, object>>, asked: readonly string[]): string {
  const dependencies = Object.fromEntries(asked.map((name) => [name, '*']))
  const own = { name: 'orders', version: '1.0.0', dependencies }
  return `${JSON.stringify(
    {
      name: 'orders',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': own, ...packages },
    },
    undefined,
    2,
  )}\n`
}

export function npmProject(version: string, change: object = {}): Readonly<Record<string, string>> {
  return {
    'package.json': '{ "name": "orders", "version": "1.0.0", "dependencies": { "invented-pages": "*" } }\n',
    'package-lock.json': npmLock(
      {
        'node_modules/invented-pages': { version: '1.0.0', dependencies: { 'invented-template': '*' } },
        'node_modules/invented-template': { version, ...change },
      },
      ['invented-pages'],
    ),
  }
}
