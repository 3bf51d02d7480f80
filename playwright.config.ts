import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  testMatch: ['journeys/**/*.spec.ts', 'guards/**/*.spec.ts'],
  // A journey walks a whole road through a real window; what it waits for are states, each with its own limit.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  // A crowded build machine may hold up an app for minutes; a second try shows whether it was that. The report names it.
  retries: process.env['CI'] === undefined ? 0 : 1,
  reporter: 'list',
})
