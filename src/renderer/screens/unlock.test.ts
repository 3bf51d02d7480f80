// The recovery key as somebody types it: what is pointed at, what goes out, what comes back.
import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { sampleKey } from '../gallery/samples.ts'
import { unlockView } from '../gallery/secure-views.ts'
import { problemOf } from '../gallery/view-with.ts'
import { views } from '../gallery/views.ts'

const text = en.keyEntry
const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = () => page.getByLabelText(text.label)
const area = (): HTMLTextAreaElement => {
  const found = document.querySelector('textarea')
  if (found === null) throw new Error('there is no field')
  return found
}
const marked = (): string => area().value.slice(area().selectionStart, area().selectionEnd)
const sent = () => fake.calls().filter(({ name }) => name === 'security.unlock')

function paste(pasted: string): void {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', pasted)
  area().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}

/** All that the page holds, typed text included. */
const held = (): string =>
  document.documentElement.outerHTML +
  [...document.querySelectorAll('textarea, input')].map((one) => (one as HTMLInputElement).value).join()

describe('typing', () => {
  test('without spaces, shown in groups, caret stays', async () => {
    await open(views.unlock)
    await expect.element(field()).toHaveFocus()
    await userEvent.keyboard('EsU49pDfe5Y')
    await expect.element(field()).toHaveValue('EsU4 9pDf e5Y')
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}Z')
    await expect.element(field()).toHaveValue('EsU4 9pDf Ze5Y')
    await expect.element(page.getByText(text.counted(12, 48))).toBeVisible()
  })

  test.each([
    ['dashes', sampleKey.replaceAll(' ', '-')],
    ['line breaks', sampleKey.replaceAll(' ', '\r\n')],
    ['no-break spaces', sampleKey.replaceAll(' ', '\u00a0')],
    ['nothing in between', sampleKey.replaceAll(' ', '')],
  ])('with %s it is the same key', async (_, typed) => {
    await open(views.unlock)
    await field().fill(typed)
    await button(text.submit).click()
    expect(fake.calls()).toEqual([{ name: 'security.unlock', input: { recoveryKey: sampleKey, isSure: false } }])
  })

  test('of a pasted file the key is taken', async () => {
    await open(views.unlock)
    paste(en.native.saveRecoveryKey.contents(sampleKey))
    await expect.element(field()).toHaveValue(sampleKey)
    await expect.element(page.getByText(text.complete, { exact: true })).toBeVisible()
  })

  test('A2: a key that is complete goes out by a click alone', async () => {
    await open(views.unlock)
    await field().fill(sampleKey)
    paste(sampleKey)
    await expect.element(page.getByText(text.complete, { exact: true })).toBeVisible()
    expect(fake.calls()).toEqual([])
    await userEvent.keyboard('{Enter}')
    expect(sent()).toHaveLength(1)
  })

  test('nothing typed is not sent', async () => {
    await open(views.unlock)
    await button(text.submit).click()
    await expect.element(page.getByText(text.faults.empty)).toBeVisible()
    expect(button(text.sendAnyway).elements()).toHaveLength(0)
    expect(fake.calls()).toEqual([])
  })
})

describe('a fault is pointed at before anything is sent', () => {
  test.each([
    ['a character that no key has', sampleKey.replace('KY2a', 'KY0a'), text.faults.character(6, '0'), '0'],
    ['another one', sampleKey.replace('EsU4', 'Es?4'), text.faults.character(1, '?'), '?'],
    ['a group that is missing', sampleKey.replace(' nD1V', ''), text.faults.tooShort(4), ''],
    ['one character too many', `${sampleKey}z`, text.faults.tooLong(1), ''],
    ['a letter that is wrong', sampleKey.replace('vuK4', 'vuK5'), text.faults.mistyped, ''],
  ])('%s', async (_, typed, says, isMarked) => {
    await open(views.unlock)
    await field().fill(typed)
    await button(text.submit).click()
    await expect.element(page.getByText(says)).toBeVisible()
    await expect.element(field()).toHaveFocus()
    await expect.poll(marked).toBe(isMarked)
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true')
    expect(fake.calls()).toEqual([])
  })

  test('it goes away with the next letter, and so does the way past it', async () => {
    await open(views.unlock)
    await field().fill('EsU4 9pD0')
    await button(text.submit).click()
    await expect.element(button(text.sendAnyway)).toBeVisible()
    await userEvent.keyboard('f')
    await expect.element(field()).toHaveValue('EsU4 9pDf')
    await expect.element(page.getByText(text.hint)).toBeVisible()
    expect(button(text.sendAnyway).elements()).toHaveLength(0)
  })

  test('who is sure can send it all the same, and sends what was typed', async () => {
    await open(views.unlock)
    expect(button(text.sendAnyway).elements()).toHaveLength(0)
    await field().fill('EsU4 9pDf')
    await button(text.submit).click()
    await button(text.sendAnyway).click()
    expect(fake.calls()).toEqual([{ name: 'security.unlock', input: { recoveryKey: 'EsU4 9pDf', isSure: true } }])
  })
})

describe('three failures are three sentences, and the key stays in the field', () => {
  test.each(['security.not-a-key', 'security.key-refused'] as const)('%s', async (code) => {
    await open(views.unlock)
    await field().fill(sampleKey)
    await button(text.submit).click()
    fake.show(unlockView({ problem: problemOf(code) }))
    await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems[code].title)
    await expect.element(field()).toHaveFocus()
    await expect.element(field()).toHaveValue(sampleKey)
    expect(page.getByText(text.notAsked).elements()).toHaveLength(0)
  })

  test('could not ask: says that the key was not checked, and asks again', async () => {
    await open(views.unlock)
    await field().fill(sampleKey)
    await button(text.submit).click()
    fake.show(views['unlock-unasked'])
    await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['beeper.unreachable'].title)
    await expect.element(page.getByText(text.notAsked)).toBeVisible()
    await expect.element(field()).toHaveValue(sampleKey)
    await button(en.problems['beeper.unreachable'].action).click()
    expect(sent()).toEqual(
      Array.from({ length: 2 }, () => ({ name: 'security.unlock', input: { recoveryKey: sampleKey, isSure: false } })),
    )
  })

  test('what was sent for sure is sent again for sure', async () => {
    await open(views.unlock)
    await field().fill('EsU4')
    await button(text.submit).click()
    await button(text.sendAnyway).click()
    fake.show(views['unlock-unasked'])
    await button(en.problems['beeper.unreachable'].action).click()
    expect(sent().map(({ input }) => input)).toEqual(
      Array.from({ length: 2 }, () => ({ recoveryKey: 'EsU4', isSure: true })),
    )
  })
})

test('while it is checked, nothing is sent a second time', async () => {
  await open(views['unlock-checking'])
  await expect.element(page.getByText(text.checking)).toBeVisible()
  await field().fill(sampleKey)
  await userEvent.keyboard('{Enter}')
  await button(text.submit).click({ force: true })
  expect(fake.calls()).toEqual([])
})

describe('a key that was taken', () => {
  test('SEC-6: is no longer in the page, and what is waited for is said', async () => {
    await open(views.unlock)
    await field().fill(sampleKey)
    await button(text.submit).click()
    fake.show(unlockView({ phase: 'accepted', sinceMs: Date.now() }))
    await expect.element(page.getByText(text.accepted)).toBeVisible()
    expect(held()).not.toContain(sampleKey)
    expect(page.getByText(en.unlock.acceptedSlow).elements()).toHaveLength(0)
  })

  test('and has opened nothing: says so, with ways on', async () => {
    await open(unlockView({ phase: 'accepted', sinceMs: Date.now() - 11_000 }))
    await expect.element(page.getByText(en.unlock.acceptedSlow)).toBeVisible()
    await button(text.checkAgain).click()
    await button(en.unlock.otherDevice).click()
    await button(text.typeAgain).click()
    await expect.element(field()).toHaveValue('')
    await field().fill(sampleKey)
    await button(text.submit).click()
    expect(fake.calls()).toEqual([
      { name: 'security.checkAgain', input: undefined },
      { name: 'security.openDoor', input: { door: 'choose' } },
      { name: 'security.unlock', input: { recoveryKey: sampleKey, isSure: false } },
    ])
  })

  test('a reading that changes nothing does not take away what is typed again', async () => {
    await open(unlockView({ phase: 'accepted', sinceMs: Date.now() - 11_000 }))
    await button(text.typeAgain).click()
    await field().fill('EsU4 9pDf')
    fake.show(unlockView({ phase: 'accepted', sinceMs: Date.now() - 12_000 }))
    await expect.element(field()).toHaveValue('EsU4 9pDf')
  })
})

test('SEC-6: a key that was typed is gone with the screen', async () => {
  await open(views.unlock)
  await field().fill(sampleKey)
  fake.show(views.connect)
  await expect.element(page.getByRole('heading', { name: en.connect.title })).toBeVisible()
  expect(held()).not.toContain(sampleKey)
})

test('the other ways stay open', async () => {
  await open(views.unlock)
  await button(en.unlock.back).click()
  expect(fake.calls()).toEqual([{ name: 'security.openDoor', input: { door: 'choose' } }])
})

describe('trusted, and messages still locked', () => {
  test('the same key opens them', async () => {
    await open(views.secrets)
    await expect.element(field()).toHaveFocus()
    await field().fill(sampleKey)
    await button(text.submit).click()
    expect(sent()).toHaveLength(1)
  })

  test('they may come by themselves; a device can be asked, a new key made', async () => {
    await open(views.secrets)
    await expect.element(page.getByText(en.secrets.waitingTitle)).toBeVisible()
    await button(en.secrets.otherDevice).click()
    await button(en.secrets.noKey).click()
    expect(fake.calls()).toEqual([
      { name: 'security.requestVerification', input: undefined },
      { name: 'security.openDoor', input: { door: 'new-key' } },
    ])
  })

  test('accepted and still locked: says so', async () => {
    await open(views['secrets-accepted-long'])
    await expect.element(page.getByText(en.secrets.acceptedSlow)).toBeVisible()
    await expect.element(button(text.typeAgain)).toBeVisible()
  })

  test('no device to ask: says so, the key stays possible', async () => {
    await open(views['secrets-unasked'])
    const { title } = en.problems['security.nothing-to-verify-with']
    await expect.element(page.getByRole('alert')).toHaveTextContent(title)
    await expect.element(field()).toBeVisible()
  })
})
