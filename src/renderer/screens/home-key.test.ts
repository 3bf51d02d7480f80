// What home says and offers when no recovery key is kept.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { en } from '#messages/en'
import { views } from '../gallery/views.ts'

const text = en.home
const button = (name: string) => page.getByRole('button', { name, exact: true })
const reminder = () => page.getByRole('region', { name: text.reminderTitle })

test('reminds, leads to a new key, and can be put away', async () => {
  await open(views['home-reminder'])
  await reminder().getByRole('button', { name: text.makeKey }).click()
  await reminder().getByRole('button', { name: text.dismiss }).click()
  expect(fake.calls()).toEqual([
    { name: 'security.openDoor', input: { door: 'new-key' } },
    { name: 'security.dismissReminder', input: undefined },
  ])
})

test('put away, a quiet line stays, and the way to a key', async () => {
  await open(views['home-no-key'])
  await expect.element(page.getByText(text.keyMissing)).toBeVisible()
  expect(reminder().elements()).toHaveLength(0)
  await button(text.makeKey).click()
  expect(fake.calls()).toEqual([{ name: 'security.openDoor', input: { door: 'new-key' } }])
})

test('the reminder and the quiet line offer the way once', async () => {
  await open(views['home-reminder'])
  await expect.element(page.getByText(text.keyMissing)).toBeVisible()
  expect(button(text.makeKey).elements()).toHaveLength(1)
})

test('where a key is kept, nothing is asked', async () => {
  await open(views.home)
  await expect.element(page.getByText(text.keyBackedUp)).toBeVisible()
  expect(reminder().elements()).toHaveLength(0)
  expect(button(text.makeKey).elements()).toHaveLength(0)
})
