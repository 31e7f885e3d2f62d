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
      include: ['src/**', 'modules/**', 'environments/**'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'coverage',
    },
  },
});
