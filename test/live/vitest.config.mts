import { defineConfig } from 'vitest/config';

/** A suite of its own: it needs a database server, so that the unit tests do without one. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.live.ts'],
    globals: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
