import { defineConfig } from '@playwright/test'

// The tour takes pictures for people; it proves nothing and is no part of the tests.
export default defineConfig({
  testDir: 'e2e/tour',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
})
