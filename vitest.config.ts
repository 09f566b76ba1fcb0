import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/{domain,application,channels,contracts,scenarios,simulator,http,platform,cases,architecture,cli,pwa}/**/*.test.ts'],
          exclude: ['test/**/*.workers.test.ts'],
        },
      },
    ],
  },
})
