// How a verification ends, in words, and what can be done then.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { VerificationStage } from '#contract/view-security'
import { en } from '#messages/en'
import { phone, stranger, verificationView } from '../gallery/verification-views.ts'
import { views } from '../gallery/views.ts'

const text = en.verification.ended
const button = (name: string) => page.getByRole('button', { name, exact: true })
const heading = (name: string) => page.getByRole('heading', { level: 1, name })
type Why = Extract<VerificationStage, { at: 'ended' }>['why']
const whys = Object.keys(text.reasons) as Why[]

test.each(whys)('%s is said in words, with one way to ask again', async (why) => {
  await open(verificationView({ at: 'ended', why, says: '' }))
  await expect.element(heading(text.reasons[why].title)).toHaveFocus()
  await expect.element(page.getByText(text.reasons[why].lead(phone))).toBeVisible()
  await button(text.again).click()
  await expect
    .poll(() => fake.calls())
    .toEqual([
      { name: 'security.leaveVerification', input: undefined },
      { name: 'security.requestVerification', input: undefined },
    ])
})

test('no two endings are said alike', () => {
  expect(new Set(whys.map((why) => text.reasons[why].title)).size).toBe(whys.length)
})

test('A6: pictures that differ: why that matters, and what to do', async () => {
  await open(views['verification-mismatch'])
  await expect.element(page.getByText(/somebody is listening in/u)).toBeVisible()
  for (const step of text.reasons.mismatch.steps?.(phone) ?? [])
    await expect.element(page.getByText(step)).toBeVisible()
})

test('the server’s own reason is quoted as text', async () => {
  const says = '<b>m.user</b> cancelled'
  await open(verificationView({ at: 'ended', why: 'error', says }))
  await expect.element(page.getByText(says, { exact: true })).toBeVisible()
  await expect.element(page.getByText(en.common.says('Beeper'), { exact: true })).toBeVisible()
  expect(document.querySelectorAll('main b')).toHaveLength(0)
})

test('when leaving is refused nothing more is asked', async () => {
  await open(views['verification-timed-out'])
  fake.answer('security.leaveVerification', () => ({ ok: false, problem: { code: 'command.not-now', retry: 'now' } }))
  await button(text.again).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['command.not-now'].title)
  expect(fake.calls().map(({ name }) => name)).toEqual(['security.leaveVerification'])
})

test('where this computer is trusted nothing is asked again', async () => {
  await open(views['verification-not-me'])
  expect(button(text.again).elements()).toHaveLength(0)
  await button(text.close).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['security.leaveVerification'])
})

test('a stranger is not told to look after their own devices', async () => {
  await open(verificationView({ at: 'ended', why: 'not-me', says: '' }, { peer: stranger, hasOtherDoors: false }))
  await expect.element(page.getByText(text.reasons['not-me'].lead(stranger))).toBeVisible()
  expect(page.getByText(text.whatNow).elements()).toHaveLength(0)
})

test('a state that nobody knows is calm, with the raw word behind Details', async () => {
  await open(views['verification-unknown'])
  await expect.element(heading(en.verification.unknown.title)).toBeVisible()
  await page.getByText(en.common.details, { exact: true }).click()
  await expect.element(page.getByText('waiting_for_moonrise')).toBeVisible()
  await button(en.verification.cancel).click()
  expect(fake.calls()).toEqual([
    { name: 'security.cancelVerification', input: { verificationID: 'v1', why: 'cancelled' } },
  ])
})
