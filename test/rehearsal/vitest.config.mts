import { defineConfig } from 'vitest/config';

/** A suite of its own: it needs Terraform and takes a minute, so that the unit tests do without it. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.rehearsal.ts'],
    globals: true,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
