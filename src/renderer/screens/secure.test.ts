import { fake, open } from '../gallery/open.ts'
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { groupsOf } from '#contract/recovery-key'
import { en } from '#messages/en'
import type { ScreenOf } from '#contract/view'
import { sampleKey } from '../gallery/samples.ts'
import { viewWith, views } from '../gallery/views.ts'

const text = en.recoveryKey
const button = (name: string | RegExp) => page.getByRole('button', { name })
const keyView = (phase: ScreenOf<'recovery-key'>['phase'], problem?: ScreenOf<'recovery-key'>['problem']) =>
  viewWith({ name: 'recovery-key', phase, problem })
const groups = groupsOf(sampleKey)

beforeEach(async () => {
  await open(views['recovery-key'])
  fake.answer('security.createRecoveryKey', () => {
    fake.show(keyView('showing'))
    return { ok: true, value: { recoveryKey: sampleKey } }
  })
})

/** Which group is asked for, from 0, as the screen says it. */
const asked = (): number => Number(/\d+/u.exec(document.querySelector('label')?.textContent ?? '')?.[0]) - 1

test('the key is masked until it is asked for, and in no attribute', async () => {
  await button(text.create).click()
  await expect.element(page.getByRole('heading', { name: text.showTitle })).toHaveFocus()
  expect(document.body.innerHTML).not.toContain(groups[3])
  await button(text.show).click()
  await expect.element(page.getByRole('list', { name: text.keyLabel })).toHaveTextContent(groups[3] ?? '')
  await button(text.hide).click()
  expect(document.body.innerHTML).not.toContain(groups[3])
})

test('copy and save say what came of it', async () => {
  await button(text.create).click()
  await button(text.copy).click()
  await expect.element(page.getByText(text.copied)).toBeVisible()
  fake.answer('security.saveRecoveryKey', () => ({ ok: true, value: { isSaved: false } }))
  await button(text.save).click()
  await expect.element(page.getByText(text.saved)).not.toBeInTheDocument()
  fake.answer('security.saveRecoveryKey', () => ({ ok: true, value: { isSaved: true } }))
  await button(text.save).click()
  await expect.element(page.getByText(text.saved)).toBeVisible()
  expect(fake.calls().slice(1)).toEqual([
    { name: 'security.copyRecoveryKey', input: { recoveryKey: sampleKey } },
    { name: 'security.saveRecoveryKey', input: { recoveryKey: sampleKey } },
    { name: 'security.saveRecoveryKey', input: { recoveryKey: sampleKey } },
  ])
})

test('a group is retyped, wrong ones can be mended, and the key is confirmed', async () => {
  await button(text.create).click()
  await button(text.haveSaved).click()
  const group = asked()
  expect(group).toBeGreaterThanOrEqual(1)
  await userEvent.keyboard('nope{Enter}')
  expect(fake.calls().at(-1)).toEqual({
    name: 'security.confirmRecoveryKey',
    input: { recoveryKey: sampleKey, group, typedGroup: 'nope' },
  })
  fake.show(keyView('showing', { code: 'security.copy-not-proved', retry: 'now' }))
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['security.copy-not-proved'].title)
  await userEvent.keyboard(`${groups[group] ?? ''}{Enter}`)
  expect(fake.calls().at(-1)?.input).toEqual({ recoveryKey: sampleKey, group, typedGroup: groups[group] })
})

test('one can go back and look at the key again', async () => {
  await button(text.create).click()
  await button(text.haveSaved).click()
  await button(text.backToKey).click()
  await expect.element(page.getByRole('heading', { name: text.showTitle })).toBeVisible()
})

test('never asks for the first group', async () => {
  await button(text.create).click()
  for (let round = 0; round < 12; round++) {
    await button(text.haveSaved).click()
    expect(asked()).toBeGreaterThanOrEqual(1)
    expect(asked()).toBeLessThan(groups.length)
    await button(text.backToKey).click()
  }
})

test('after a reload it says what is true, and makes a new one', async () => {
  await open(views['recovery-key-lost'])
  await expect.element(page.getByText(text.lostLead)).toBeVisible()
  await button(text.createNew).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['security.createRecoveryKey'])
})

test('the key is gone from the page once the screen is', async () => {
  await button(text.create).click()
  await button(text.show).click()
  fake.show(views.connect)
  await expect.element(page.getByRole('heading', { name: en.connect.title })).toBeVisible()
  expect(document.documentElement.outerHTML).not.toContain(groups[3])
})

test('unlock: typed without spaces, shown in groups, caret stays', async () => {
  await open(views.unlock)
  const field = page.getByLabelText(en.unlock.label)
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('EsTb7pQxVm3')
  await expect.element(field).toHaveValue('EsTb 7pQx Vm3')
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}Z')
  await expect.element(field).toHaveValue('EsTb 7pQx ZVm3')
  await userEvent.keyboard('{Enter}')
  expect(fake.calls()).toEqual([{ name: 'security.unlock', input: { recoveryKey: 'EsTb 7pQx ZVm3' } }])
})

test('unlock: nothing typed is not sent, and the other way is named', async () => {
  await open(views.unlock)
  await button(en.unlock.submit).click()
  await expect.element(page.getByText(en.unlock.empty)).toBeVisible()
  await expect.element(page.getByText(en.unlock.otherDevice)).toBeVisible()
  expect(fake.calls()).toEqual([])
})

test('first sync: shows the time, and lets one go on', async () => {
  await open(views['first-sync'])
  await expect.element(page.getByText(/\d+ sec so far/u)).toBeInTheDocument()
  await button(en.firstSync.continue).click()
  expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'connect' } }])
})
