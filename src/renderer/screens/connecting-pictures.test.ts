// The picture to tap on the phone, drawn from what is at hand: ours, the fonts of the computer, the server's, or words.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { en } from '#messages/en'
import { waitFor } from '../gallery/display-views.ts'
import { connectionView, stepStage, views } from '../gallery/views.ts'

const text = en.step
const url = 'https://pictures.example/tap.svg'
const withEmoji = (emoji: string | undefined, isStale = false) =>
  connectionView(stepStage(waitFor({ type: 'emoji', imageURL: url, emoji }), { isStale }), 'Google Messages')
const picture = (name: string) => page.getByRole('img', { name })
/** Of no font. */
const unknown = '\u{10fffd}'

test('one of ours is drawn from our own file, and named', async () => {
  await open(views['connection-emoji-known'])
  await expect.element(picture(text.emojiAlt('Cat'))).toBeVisible()
  expect(document.querySelector<HTMLImageElement>('main img')?.src).toMatch(/1f431[^/]*\.svg/u)
  await expect.element(page.getByText('Cat', { exact: true })).toBeVisible()
  expect(fake.calls()).toEqual([])
})

test('is named in the language of the person', async () => {
  await open({ ...views['connection-emoji-known'], language: 'de' })
  await expect.element(picture(text.emojiAlt('Katze'))).toBeVisible()
  expect(page.getByText('Katze', { exact: true }).element().closest('[lang]')?.getAttribute('lang')).toBe('de')
})

test('one that only the fonts have is drawn by them, and nothing is loaded', async () => {
  await open(views['connection-emoji'])
  await expect.element(picture(text.emojiAlt('🦊'))).toBeVisible()
  expect(document.querySelectorAll('main img')).toHaveLength(0)
  expect(fake.calls()).toEqual([])
})

test('ORI-5: one that would be a box is asked of main', async () => {
  await open(withEmoji(unknown))
  await expect.element(picture(text.emojiAlt(unknown))).toBeVisible()
  expect(document.querySelector<HTMLImageElement>('main img')?.src).toMatch(/^data:image\/png/u)
  expect(fake.calls()).toEqual([{ name: 'app.picture', input: { url } }])
})

test('a picture that cannot be had is not guessed at; it is loaded again where that may help', async () => {
  await open(views['connection-wait'])
  fake.answer('app.picture', () => ({ ok: false, problem: { code: 'picture.unusable', retry: 'now' } }))
  fake.show(withEmoji(undefined))
  await expect.element(page.getByText(text.emojiMissingHelp)).toBeVisible()
  fake.answer('app.picture', () => ({ ok: true, value: { dataURL: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' } }))
  await page.getByRole('button', { name: text.emojiAgain }).click()
  await expect.element(picture(text.pictureAlt)).toBeInTheDocument()
  expect(fake.calls()).toHaveLength(2)
})

test('one that will never come has words, and no button that does not help', async () => {
  await open(views['connection-wait'])
  fake.answer('app.picture', () => ({ ok: false, problem: { code: 'picture.unusable', retry: 'never' } }))
  fake.show(withEmoji(undefined))
  await expect.element(page.getByText(text.emojiMissing)).toBeVisible()
  expect(page.getByRole('button', { name: text.emojiAgain }).elements()).toHaveLength(0)
})

test('one that may have run out is not left to be tapped', async () => {
  await open(withEmoji('🦊', true))
  await expect.element(page.getByText(text.checkingPicture)).toBeVisible()
  expect(document.querySelector('main')?.textContent).not.toContain('🦊')
})
