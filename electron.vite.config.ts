import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

// Targets name the oldest Electron that runs this code, not the newest: Node 20.18 and Chromium 130.
export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      minify: true,
      rolldownOptions: {
        input: { index: resolve('src/main/index.ts'), 'vault-process': resolve('src/main/vault/vault-process.ts') },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [svelte({ configFile: resolve('svelte.config.js') })],
    build: {
      target: 'chrome130',
      minify: 'oxc',
      cssMinify: true,
      rolldownOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
  },
})
