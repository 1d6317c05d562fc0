import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// A zone nobody in the product lives in, on the far side of the date line: code that leans on the machine's own zone fails here.
process.env['TZ'] = 'Pacific/Apia'

const withPostgres = { globalSetup: ['packages/testing/src/cluster.ts'] }
const tests = (...folders: string[]): string[] => folders.map((folder) => `${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    maxWorkers: Math.min(4, availableParallelism()),
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A test that was left focused or that has nothing to check is a mistake, not a success.
    allowOnly: false,
    // A screen on a busy machine is given time; what never comes is told just as well.
    expect: { requireAssertions: true, poll: { timeout: 15_000 } },
    projects: [
      // Pure: one process for all files, nothing to isolate.
      { extends: true, test: { name: 'domain', include: tests('packages/domain', 'packages/contract'), isolate: false } },
      { extends: true, test: { name: 'paper', include: tests('packages/messaging', 'packages/documents', 'packages/file-store') } },
      { extends: true, test: { name: 'runtime', include: tests('packages/runtime'), testTimeout: 60_000 } },
      { extends: true, test: { name: 'db', include: tests('packages/db', 'packages/testing'), ...withPostgres } },
      { extends: true, test: { name: 'use-cases', include: tests('packages/use-cases'), ...withPostgres } },
      { extends: true, test: { name: 'api', include: tests('apps/api'), ...withPostgres } },
      { extends: true, test: { name: 'worker', include: tests('apps/worker'), testTimeout: 60_000, ...withPostgres } },
      { extends: true, plugins: [vue()], test: { name: 'web', include: tests('apps/web') } },
      { extends: true, test: { name: 'system', include: tests('tests/architecture', 'scripts'), testTimeout: 60_000, ...withPostgres } },
      // Each journey brings up the whole product; two of them at once would only wait for each other on two cores.
      {
        extends: true,
        test: { name: 'e2e', include: tests('tests/e2e'), testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false, globalSetup: [...withPostgres.globalSetup, 'packages/testing/src/prepared.ts'] },
      },
    ],
  },
})
