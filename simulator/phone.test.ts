// The demo phone as what it is: one page with a script that nobody compiles. That it plays is proved by the journeys.
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import { commands } from './control/commands.ts'
import { script } from './phone/script.ts'
import { bench } from './testing.ts'

test('its script is one that runs, and knows no command that does not exist', () => {
  expect(() => new Script(script)).not.toThrow()
  const sent = [...script.matchAll(/send\('(\w+)'/g)].map(([, name]) => name)
  expect(sent.length).toBeGreaterThan(10)
  for (const name of sent) expect(Object.keys(commands)).toContain(name)
})

test('the phone page is one page under a policy of its own', async () => {
  const { simulator } = await bench()
  const page = await fetch(simulator.phoneURL)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe-inline')
  const text = await page.text()
  expect(text).toContain('Demo phone')
  expect(text).toContain(script)
  expect(text).not.toMatch(/https?:\/\//)
})
