import { defineConfig } from 'vitest/config'

// `source` makes workspace packages resolve to their TypeScript sources, so that no build comes before a test.
const conditions = ['source', 'node', 'import', 'default']

export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: conditions } },
  resolve: { conditions },
  test: {
    include: ['packages/**/*.test.ts', 'actions/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/build/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Modules are loaded once for all files of a worker, which halves the time of small ones: what a test changes outside
    // of itself it puts back.
    isolate: false,
    // Two cores are the smallest runner; child processes of the real tools need one of them.
    maxWorkers: 2,
  },
})
