import { expect, test } from 'vitest'
import { codeFlowOf } from './code-flow.ts'

const flow = (id: string, name: string, description = '') => ({ id, name, description })

// As the bridges call them.
test.each([
  ['WhatsApp', [flow('phone', 'Phone number', 'Enter a phone number to receive a code')], 'phone'],
  ['Telegram', [flow('bot', 'Bot token'), flow('phone', 'Phone Number', 'Sign in with a number')], 'phone'],
  ['Google', [flow('google', 'Google Account', 'Sign in to Google, then tap an emoji on the phone')], 'google'],
  ['a name before a description', [flow('a', 'A', 'on your phone'), flow('b', 'Code')], 'b'],
])('%s has a way without scanning', (_, flows, id) => {
  expect(codeFlowOf(flows)?.id).toBe(id)
})

test.each([
  ['nothing else', []],
  ['another one to scan', [flow('qr2', 'QR code', 'Scan with the other phone')]],
  ['words that only sound alike', [flow('w', 'Website', 'For encoders and telephonists')]],
])('%s is no such way', (_, flows) => {
  expect(codeFlowOf(flows)).toBeUndefined()
})
