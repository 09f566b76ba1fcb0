import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import preact from '@preact/preset-vite'
import { build, defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname
const outDir = join(root, '../dist/pwa')

/** Bundles the service worker after the app, with the list of files to keep and a version made from their contents. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async writeBundle() {
      const paths = readdirSync(outDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'sw.js')
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
      const version = createHash('sha256')
      for (const path of paths) version.update(path.slice(outDir.length)).update(readFileSync(path))
      const files = paths.map((path) => path.slice(outDir.length).replaceAll('\\', '/'))
      const kept = files.map((file) => (file === '/index.html' ? '/' : file))
      const define = {
        __FILES__: JSON.stringify(kept),
        __VERSION__: JSON.stringify(version.digest('hex').slice(0, 16)),
      }
      await build({
        ...{ configFile: false, root, publicDir: false, define },
        build: {
          ...{ outDir, emptyOutDir: false, target: 'es2022' },
          rolldownOptions: { input: join(root, 'sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  }
}

export default defineConfig({
  root,
  plugins: [preact(), serviceWorker()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8787' } },
})
