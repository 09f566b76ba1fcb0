import { join } from 'node:path'
import { defineConfig } from 'vite'

const root = join(import.meta.dirname, '../../..')

/**
 * The service as a few files instead of some thousand: a start spends most of its time on finding and reading modules. Only
 * the database driver, which is a program of the machine, stays outside. As deep in the tree as the sources, so that
 * what is named from there is found.
 */
export default defineConfig({
  root,
  publicDir: false,
  ssr: { noExternal: true, external: ['better-sqlite3'] },
  build: {
    ssr: true,
    outDir: join(root, 'dist/service/node'),
    emptyOutDir: true,
    target: 'node24',
    rolldownOptions: {
      input: {
        main: join(import.meta.dirname, 'main.ts'),
        'write-thread': join(import.meta.dirname, 'write-thread.ts'),
      },
      output: { chunkFileNames: '[name].js' },
    },
  },
})
