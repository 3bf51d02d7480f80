// The dev server of the gallery: `vite --config src/renderer/gallery/vite.config.ts`, then `/gallery/gallery.html`.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const at = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname)

export default defineConfig({
  root: at('..'),
  cacheDir: at('../../../node_modules/.vite-gallery'),
  plugins: [svelte({ configFile: at('../../../svelte.config.js') })],
  server: { host: '127.0.0.1', port: 5175, open: false },
})
