// How a connection ends: done and watched, failed, interrupted, or at a step that cannot be shown.
import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { LoginFlow } from '#contract/beeper/networks'
import type { Problem } from '#contract/problem'
import { en } from '#messages/en'
import { doneStage } from '../gallery/connect-views.ts'
import { otherFlows } from '../gallery/display-views.ts'
import { connectionView, stepStage, views } from '../gallery/views.ts'

const text = en.connection
const id = { connectionID: 'c1' }
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const heading = (name: string) => page.getByRole('heading', { level: 1, name })
const names = (): string[] => fake.calls().map(({ name }) => name)
const failedWith = (problem: Partial<Problem>, flows: readonly LoginFlow[] = []) =>
  connectionView({
    phase: 'failed',
    problem: { code: 'connect.refused', retry: 'now', ...problem },
    otherFlows: flows,
  })

describe('done', () => {
  test('says who was connected, and is watched', async () => {
    await open(views['connection-done'])
    await expect.element(heading(text.doneTitle('WhatsApp'))).toBeVisible()
    const owner = page.getByRole('region', { name: text.owner })
    await expect.element(owner).toHaveTextContent('Ada Example')
    await expect.element(owner).toHaveTextContent('+1 415 555 0123')
    expect(owner.element().querySelector('img')).toBeNull()
    for (const watch of ['watching', 'settling', 'well', 'unseen'] as const) {
      fake.show(connectionView(doneStage({ watch })))
      await expect.element(page.getByText(text.watch[watch])).toBeVisible()
      await expect.element(heading(text.doneTitle('WhatsApp'))).toBeVisible()
    }
    await button(text.another).click()
    await button(en.connect.done).click()
    expect(fake.calls()).toEqual([
      { name: 'connect.leave', input: id },
      { name: 'app.go', input: { at: 'home' } },
    ])
  })

  test('ORI-5: the picture of the person comes from main', async () => {
    await open(views['connection-done-picture'])
    await expect.poll(() => document.querySelector<HTMLImageElement>('main img')?.src).toMatch(/^data:image/u)
    expect(fake.calls()).toEqual([{ name: 'app.picture', input: { url: 'https://pictures.example/ada.png' } }])
  })

  test('a picture that cannot be had is a letter', async () => {
    await open(views['connection-wait'])
    fake.answer('app.picture', () => ({ ok: false, problem: { code: 'picture.unusable', retry: 'never' } }))
    fake.show(views['connection-done-picture'])
    await expect.element(page.getByRole('region', { name: text.owner })).toHaveTextContent('AE')
    expect(document.querySelector('main img')).toBeNull()
  })

  test('an account that was connected already is not told as a further one', async () => {
    await open(views['connection-done-well'])
    await expect.element(heading(text.knownTitle('WhatsApp'))).toBeVisible()
    await expect.element(page.getByText(text.knownLead)).toBeVisible()
  })

  test('one that falls off again says so in the words of the server, and has one way on', async () => {
    await open(views['connection-done'])
    fake.show(
      connectionView(doneStage({ watch: 'fell-off', statusText: 'The site signed this login out. `E7`' }), 'Facebook'),
    )
    await expect.element(heading(text.fellOffTitle('Facebook'))).toBeVisible()
    await expect.element(page.getByRole('alert')).toHaveTextContent('The site signed this login out. E7')
    expect(button(text.another).elements()).toHaveLength(0)
    await button(text.connectAgain).click()
    expect(fake.calls()).toEqual([{ name: 'connect.again', input: id }])
  })

  test('that carries nothing but a text shows the text', async () => {
    await open(views['connection-done-bare'])
    await expect.element(page.getByText('Signed in as Ada Example', { exact: false })).toBeVisible()
    expect(page.getByRole('region', { name: text.owner }).elements()).toHaveLength(0)
  })
})

describe('failed', () => {
  test('quotes the network, whose links lead outside after they were shown', async () => {
    await open(views['connection-failed-later'])
    await expect.element(page.getByRole('alert')).toHaveTextContent('Too many attempts; wait some minutes.')
    await page.getByRole('link').click()
    await expect.element(page.getByRole('dialog')).toHaveTextContent(text.link.leadsTo('support.signal.org'))
    await button(text.link.open).click()
    expect(fake.calls()).toEqual([
      { name: 'connect.openLink', input: { ...id, url: 'https://support.signal.org/limits' } },
    ])
  })

  test.each(Object.entries(text.advice))('advice %s is said', async (advice, says) => {
    await open(failedWith({ advice: advice as keyof typeof text.advice, says: 'No.' }))
    await expect.element(page.getByText(says)).toBeVisible()
  })

  test('starts over, with what was typed', async () => {
    await open(failedWith({}))
    await expect.element(page.getByText(text.noReason)).toBeVisible()
    await expect.element(page.getByText(text.keptNote)).toBeVisible()
    await button(text.again).click()
    await button(en.step.chooseOther).click()
    expect(fake.calls()).toEqual([
      { name: 'connect.again', input: id },
      { name: 'connect.leave', input: id },
    ])
  })

  test('what cannot be tried again has no button for it', async () => {
    await open(failedWith({ code: 'connect.limit', retry: 'never' }))
    await expect.element(page.getByText(en.problems['connect.limit'].title)).toBeVisible()
    expect(button(text.again).elements()).toHaveLength(0)
    await expect.element(page.getByText(text.keptNote)).not.toBeInTheDocument()
    await button(en.step.chooseOther).click()
    expect(names()).toEqual(['connect.leave'])
  })

  test('a Beeper that is too old is replaced', async () => {
    await open(views['connection-failed-never'])
    await button(text.getBeeper).click()
    expect(fake.calls()).toEqual([{ name: 'app.openPage', input: 'download' }])
  })

  test('what needs time says so, and counts it where it is known', async () => {
    await open(failedWith({ retry: 'later', says: 'Busy.' }))
    await expect.element(page.getByText(text.waitFirst)).toBeVisible()
    await expect.element(button(text.again)).toBeEnabled()
    await open(failedWith({ retry: 'later', says: 'Busy.', waitMs: 60_000 }))
    await expect.element(page.getByRole('timer')).toBeVisible()
    await expect.element(button(text.again)).toBeDisabled()
  })

  test('another way begins without a question, because nothing is lost by it', async () => {
    await open(failedWith({}, otherFlows))
    await button(/^Pairing code/u).click()
    expect(page.getByRole('dialog').elements()).toHaveLength(0)
    expect(fake.calls()).toEqual([{ name: 'connect.choose', input: { ...id, flowID: 'phone' } }])
  })
})

test('a step that only says that it is complete is waited out', async () => {
  await open(views['connection-complete'])
  await expect.element(page.getByText('Finishing up with', { exact: false })).toBeVisible()
  await expect.element(page.getByText(text.busy('Slack'))).toBeVisible()
})

test('interrupted: it begins afresh, or not now', async () => {
  await open(views['connection-interrupted'])
  await expect.element(heading(text.interruptedTitle('WhatsApp'))).toBeVisible()
  await button(text.startAgain).click()
  await button(text.notNow).click()
  expect(names()).toEqual(['connect.again', 'connect.leave'])
})

describe('what cannot be shown', () => {
  test.each([
    ['webauthn', en.step.passkeyTitle('WhatsApp')],
    ['client_http', en.step.clientTitle],
    ['retina', en.step.unsupportedTitle],
    ['constructor', en.step.unsupportedTitle],
  ])('step %s is named and refused, other ways come first, and it can be left', async (wireType, title) => {
    await open(
      connectionView(
        stepStage({ type: 'unsupported', wireType, instructions: 'Look into the light.' }, { otherFlows }),
      ),
    )
    await expect.element(heading(title)).toBeVisible()
    await expect.element(page.getByText('Look into the light.')).toBeVisible()
    const ways = page.getByRole('heading', { name: text.otherWays.title }).element()
    const elsewhere = page.getByText(en.step.finishTitle).element()
    expect(ways.compareDocumentPosition(elsewhere) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0)
    await page.getByText(en.common.details).click()
    await expect.element(page.getByText(wireType, { exact: true })).toBeVisible()
    await button(/^Website/u).click()
    await button(text.otherWays.switch).click()
    expect(fake.calls()).toEqual([{ name: 'connect.choose', input: { ...id, flowID: 'browser' } }])
  })

  test('display: the network may still go on by itself, and is waited for', async () => {
    await open(views['connection-display-unknown'])
    await expect.element(heading(en.step.unsupportedTitle)).toBeVisible()
    await expect.element(page.getByText('Look at the hologram.')).toBeVisible()
    await expect.element(page.getByText(en.step.waits.unsupported[0])).toBeVisible()
    await expect.element(button(en.step.chooseOther)).toBeVisible()
  })

  test('what could not be read is started over', async () => {
    await open(views['connection-unreadable'])
    await button(text.again).click()
    expect(names()).toEqual(['connect.again'])
  })
})
