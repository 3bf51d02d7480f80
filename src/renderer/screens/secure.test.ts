// The first recovery key, from the click that makes it to the proof that it is kept; and what is waited for afterwards.
import { fake, open } from '../gallery/open.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { groupsOf } from '#contract/recovery-key'
import { en } from '#messages/en'
import { sampleKey } from '../gallery/samples.ts'
import { keyView } from '../gallery/secure-views.ts'
import { problemOf } from '../gallery/view-with.ts'
import { viewWith, views } from '../gallery/views.ts'

const text = en.recoveryKey
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const groups = groupsOf(sampleKey)

beforeEach(async () => {
  await open(views['recovery-key'])
  fake.answer('security.createRecoveryKey', () => {
    fake.show(keyView({ phase: 'showing' }))
    return { ok: true, value: { recoveryKey: sampleKey } }
  })
})

/** Which group is asked for, from 0, as the screen says it. */
const asked = (): number => Number(/\d+/u.exec(document.querySelector('label')?.textContent ?? '')?.[0]) - 1

test('is made by a click alone, and this step says why it cannot be left', async () => {
  await expect.element(page.getByText(text.firstStays)).toBeVisible()
  expect(fake.calls()).toEqual([])
  await button(text.create).click()
  expect(fake.calls()).toEqual([{ name: 'security.createRecoveryKey', input: { acceptLoss: false } }])
})

test('the key is masked until it is asked for, and in no attribute', async () => {
  await button(text.create).click()
  await expect.element(page.getByRole('heading', { name: text.showTitle })).toHaveFocus()
  expect(document.body.innerHTML).not.toContain(groups[3])
  await button(text.show).click()
  await expect.element(page.getByRole('list', { name: text.keyLabel })).toHaveTextContent(groups[3] ?? '')
  await button(text.hide).click()
  expect(document.body.innerHTML).not.toContain(groups[3])
})

test('ONE-5: copy says when it leaves the clipboard, save says what came of it', async () => {
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

test('ONE-3: a group is retyped, wrong ones can be mended, and only then the key is confirmed', async () => {
  await button(text.create).click()
  await button(text.haveSaved).click()
  const group = asked()
  expect(group).toBeGreaterThanOrEqual(1)
  await userEvent.keyboard('nope{Enter}')
  expect(fake.calls().at(-1)).toEqual({
    name: 'security.confirmRecoveryKey',
    input: { recoveryKey: sampleKey, group, typedGroup: 'nope' },
  })
  fake.show(keyView({ phase: 'showing', problem: problemOf('security.copy-not-proved') }))
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

test('ONE-3: after a reload it says what is true, and makes a new one', async () => {
  await open(views['recovery-key-lost'])
  await expect.element(page.getByText(text.lostLead)).toBeVisible()
  await button(text.createNew).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['security.createRecoveryKey'])
})

test('ONE-3: after a reload in the middle of confirming there is nothing to press, only to wait', async () => {
  await open(views['recovery-key-confirming'])
  await expect.element(page.getByText(text.confirmingLead)).toBeVisible()
  expect(button(text.createNew).elements()).toHaveLength(0)
})

test('SEC-6: the key is gone from the page once the screen is', async () => {
  await button(text.create).click()
  await button(text.show).click()
  fake.show(views.connect)
  await expect.element(page.getByRole('heading', { name: en.connect.title })).toBeVisible()
  expect(document.documentElement.outerHTML).not.toContain(groups[3])
})

test('SEC-6: an answer that comes after the screen was left shows no key', async () => {
  let give = (): void => undefined
  fake.answer('security.createRecoveryKey', () => {
    return new Promise((resolve) => (give = () => resolve({ ok: true, value: { recoveryKey: sampleKey } })))
  })
  await button(text.create).click()
  fake.show(views.connect)
  await expect.element(page.getByRole('heading', { name: en.connect.title })).toBeVisible()
  give()
  fake.show(keyView({ phase: 'showing' }))
  await expect.element(page.getByRole('heading', { name: text.lostTitle })).toBeVisible()
})

describe('taken, and not shown yet', () => {
  test('the key goes from the page, and the wait is said', async () => {
    await button(text.create).click()
    await button(text.show).click()
    fake.show(keyView({ phase: 'confirmed', sinceMs: Date.now() }))
    await expect.element(page.getByRole('heading', { name: text.confirmedTitle })).toBeVisible()
    await expect.element(page.getByText(text.confirmedWait)).toBeVisible()
    expect(document.documentElement.outerHTML).not.toContain(groups[3])
    expect(button(text.goOn).elements()).toHaveLength(0)
  })

  test('for long: words, and the way on', async () => {
    await open(views['recovery-key-confirmed-long'])
    await expect.element(page.getByText(text.confirmedSlow)).toBeVisible()
    await button(text.goOn).click()
    expect(fake.calls()).toEqual([{ name: 'security.leaveRecoveryKey', input: undefined }])
  })
})

describe('first sync', () => {
  test('shows the time to eyes, and to ears only in minutes that do not interrupt', async () => {
    await open(viewWith({ name: 'first-sync', sinceMs: Date.now() - 150_000 }))
    await expect.element(page.getByText(/2 min \d+ sec so far/u)).toHaveAttribute('aria-hidden', 'true')
    const minutes = page.getByText(en.firstSync.runningFor(120_000))
    await expect.element(minutes).toBeInTheDocument()
    expect(minutes.element().closest('[role=status], [aria-live]')).toBeNull()
  })

  test('says what is happening, and lets one go on', async () => {
    await open(views['first-sync'])
    for (const point of en.firstSync.points) await expect.element(page.getByText(point)).toBeVisible()
    await button(en.firstSync.continue).click()
    expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'connect' } }])
  })
})

describe('preparing', () => {
  test('a state that is known is nobody’s concern for a while', async () => {
    await open(viewWith({ name: 'preparing', wireState: 'initializing', sinceMs: Date.now() }))
    await expect.element(page.getByText(en.preparing.lead)).toBeVisible()
    expect(button(en.preparing.checkAgain).elements()).toHaveLength(0)
  })

  test('one that is unknown is called so, its name stands in the details, and there are ways on', async () => {
    await open(views['preparing-unknown'])
    await expect.element(page.getByRole('heading', { name: en.preparing.unknownTitle })).toBeVisible()
    await page.getByText(en.common.details, { exact: true }).click()
    await expect.element(page.getByText('needs-coffee')).toBeVisible()
    await button(en.preparing.checkAgain).click()
    await button(en.preparing.chooseOther).click()
    expect(fake.calls().map(({ name }) => name)).toEqual(['security.checkAgain', 'find.leave'])
  })
})
