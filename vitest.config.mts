import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: true,
    setupFiles: ['test/support/setup.ts'],
    // many small files that share nothing: one process for all is several times faster
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
    coverage: {
      // CI reports it with every run; on a laptop make coverage does
      enabled: process.env['CI'] === 'true',
      include: ['src/**/*.ts', 'modules/**/*.ts', 'environments/**/*.ts'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'coverage',
    },
  },
});
