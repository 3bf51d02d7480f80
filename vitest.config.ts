import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const chromium = process.env['CHROMIUM_PATH'] ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined)

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'simulator/**/*.test.ts', 'scripts/**/*.test.{ts,mjs}'],
          exclude: ['src/renderer/**'],
        },
      },
      {
        plugins: [svelte({ configFile: './svelte.config.js' })],
        // Found only while the tests run, they would make Vite reload the page under a running test.
        optimizeDeps: {
          include: [
            'axe-core',
            'jsqr',
            'libphonenumber-js/min',
            'libphonenumber-js/min/metadata',
            'qrcode',
            'zustand/vanilla',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/renderer/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: [
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                  '--no-first-run',
                ],
                // Chromium cannot sandbox itself as root; Playwright switches it off by default anyway.
                chromiumSandbox: process.getuid?.() !== 0,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
