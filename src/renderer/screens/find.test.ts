import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { viewWith, views } from '../gallery/views.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })

test('a Beeper of the list is used by its origin', async () => {
  await open(views.find)
  await button(en.find.useNamed('Beeper Server')).click()
  expect(fake.calls()).toEqual([{ name: 'find.use', input: { origin: 'http://127.0.0.1:23374' } }])
})

test('one that is too old leads to the new version', async () => {
  await open(views.find)
  await button(/Get the new version/u).click()
  expect(fake.calls()).toEqual([{ name: 'app.openPage', input: 'download' }])
})

test('another address, by keyboard', async () => {
  await open(views['find-empty'])
  await page.getByText(en.find.anotherAddress).click()
  await page.getByLabelText(en.find.addressLabel).click()
  await userEvent.keyboard('127.0.0.1:9999{Enter}')
  expect(fake.calls()).toEqual([{ name: 'find.useAddress', input: { address: '127.0.0.1:9999' } }])
})

test('a bad address opens the field and says why', async () => {
  await open(views['find-bad-address'])
  await expect.element(page.getByLabelText(en.find.addressLabel)).toHaveFocus()
  await expect.element(page.getByText(en.problems['beeper.bad-address'].title, { exact: false })).toBeVisible()
})

test('nothing found: says how, notices by itself, offers the demo', async () => {
  await open(views['find-empty'])
  await expect.element(page.getByText(en.find.emptySteps[1] ?? '')).toBeVisible()
  await button(en.find.tryDemo).click()
  await button(/^Get Beeper/u).click()
  expect(fake.calls()).toEqual([
    { name: 'find.startDemo', input: undefined },
    { name: 'app.openPage', input: 'download' },
  ])
  fake.show(views.find)
  await expect.element(page.getByRole('list', { name: en.find.foundLabel })).toBeVisible()
})

test('the demo says what it is, and can be left', async () => {
  await open(views.code)
  await expect.element(page.getByText(en.demo.banner)).toBeVisible()
  await button(en.demo.openPhone).click()
  await button(en.demo.leave).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['app.openPhone', 'find.leave'])
})

test('waiting for long says what for, and offers a way out', async () => {
  await open(views['starting-slow'])
  await expect.element(page.getByText(en.starting.keychainSlow)).toBeVisible()
  await button(en.starting.chooseOther).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['find.leave'])
})

test('a Beeper that does not answer can be left for another', async () => {
  await open(views.unreachable)
  await button(en.unreachable.chooseOther).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['find.leave'])
})

test('details of a problem are folded away, with code and operation', async () => {
  await open(views.unreachable)
  await expect.element(page.getByText('beeper.unreachable', { exact: false })).not.toBeVisible()
  await page.getByText(en.common.details, { exact: true }).click()
  await expect.element(page.getByText('ECONNREFUSED', { exact: false })).toBeVisible()
})

test('a refused command is said on the screen at hand, until the next', async () => {
  await open(views.find)
  fake.answer('find.startDemo', () => ({ ok: false, problem: { code: 'command.not-now', retry: 'later' } }))
  await button(en.find.tryDemo).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['command.not-now'].title)
  await button(en.find.useNamed('Beeper Server')).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test('each screen names the window, is announced, and takes the focus', async () => {
  await open(views.authorise)
  expect(document.title).toBe(en.windowTitle(en.authorise.title))
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus()
  fake.show(views.email)
  await expect.element(page.getByLabelText(en.email.label)).toHaveFocus()
  expect(document.title).toBe(en.windowTitle(en.email.title))
  expect(document.querySelector('[aria-live=polite]')?.textContent).toBe(en.email.title)
})

test('the rail says where one is, and leads back where that is possible', async () => {
  await open(views.email)
  const here = document.querySelector('[aria-current=step]')
  expect(here?.textContent).toContain(en.progress.chapters['sign-in'])
  await button(new RegExp(en.progress.chapters.find, 'u')).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['find.leave'])
})

test('what goes on in the background can be looked at', async () => {
  await open(views.connect)
  await button(new RegExp(en.progress.chapters.secure, 'u')).click()
  expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'go-on' } }])
})

test('offline is said once, quietly', async () => {
  await open(viewWith(views.home.screen, { isOffline: true }))
  await expect.element(page.getByText(en.offline.banner)).toBeVisible()
})
