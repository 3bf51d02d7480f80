// A new recovery key in place of one that is lost, or where none is kept: what it costs, said and ticked before anything is made.
import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { groupsOf } from '#contract/recovery-key'
import { en } from '#messages/en'
import { sampleKey } from '../gallery/samples.ts'
import { backupView, resetView } from '../gallery/secure-views.ts'
import { problemOf } from '../gallery/view-with.ts'
import { views } from '../gallery/views.ts'

const text = en.recoveryKey
const { reset, backup } = text.costs
const button = (name: string) => page.getByRole('button', { name, exact: true })
const box = (name: string) => page.getByRole('checkbox', { name, exact: true })
const boxes = () =>
  page
    .getByRole('checkbox')
    .elements()
    .map((one) => (one as HTMLInputElement).checked)
const made = () => fake.calls().filter(({ name }) => name === 'security.createRecoveryKey')
const another = 'EsUA QUb9 jLH7 ThEi rsJn 62UQ 2Jhi X2jG AjFN CwZU EmNm Wubp'

async function tickAll(): Promise<void> {
  for (const one of page.getByRole('checkbox').all()) await one.click()
}

/** Ticks, makes and shows a key. */
async function make(recoveryKey = sampleKey, view = resetView): Promise<void> {
  fake.answer('security.createRecoveryKey', () => {
    fake.show(view({ phase: 'showing' }))
    return { ok: true, value: { recoveryKey } }
  })
  await tickAll()
  await button(text.createNew).click()
  await expect.element(page.getByRole('heading', { name: text.showTitle })).toBeVisible()
}

describe('one that could not be made', () => {
  const problem = problemOf('beeper.unreachable')
  const refused = resetView({ phase: 'ask', problem })

  test.each([
    ['the state', () => fake.show(refused)],
    ['the answer', () => setTimeout(() => fake.show(refused), 50)],
  ])('is explained once, when %s comes first', async (_, tell) => {
    await open(views.reset)
    fake.answer('security.createRecoveryKey', () => {
      tell()
      return { ok: false, problem }
    })
    await tickAll()
    await button(text.createNew).click()
    await expect.element(page.getByText(en.problems['beeper.unreachable'].title)).toBeVisible()
    await expect.poll(() => document.querySelector('form [role=alert]'), { message: 'told by the state' }).toBeTruthy()
    await expect.poll(() => page.getByRole('alert').elements().length).toBe(1)
    expect(boxes()).toEqual([true, true, true])
  })
})

describe('what it costs', () => {
  test('names each network and what it loses, by where it runs', async () => {
    await open(views.reset)
    for (const name of ['WhatsApp', 'Signal', 'Telegram', 'Slack', 'Ada Example', '@ada & @ada_at_work']) {
      await expect.element(page.getByText(name, { exact: true })).toBeVisible()
    }
    for (const says of [reset.groups['this-device'], reset.groups.cloud, reset.messages.text, reset.oldKey.text]) {
      await expect.element(page.getByText(says)).toBeVisible()
    }
    expect(page.getByText(reset.groups['self-hosted']).elements()).toHaveLength(0)
  })

  test('nothing is ticked, and nothing is made before all of it is; what is missing is said', async () => {
    await open(views.reset)
    expect(boxes()).toEqual([false, false, false])
    await box(reset.messages.title).click()
    await button(text.createNew).click()
    expect(page.getByText(text.tickMissing).elements()).toHaveLength(2)
    await expect.element(box(reset.networks)).toHaveFocus()
    await userEvent.keyboard(' ')
    await button(text.createNew).click()
    await expect.element(box(reset.oldKey.title)).toHaveFocus()
    expect(fake.calls()).toEqual([])
    await userEvent.keyboard(' ')
    expect(page.getByText(text.tickMissing).elements()).toHaveLength(0)
    await button(text.createNew).click()
    expect(fake.calls()).toEqual([{ name: 'security.createRecoveryKey', input: { acceptLoss: true } }])
  })

  test.each([
    ['none is connected', 'reset-none', 2, 0],
    ['they are being read', 'reset-loading', 3, 1],
    ['they could not be read', 'reset-unread', 3, 1],
  ] as const)('%s: that is said, and it goes on', async (_, name, ticks, general) => {
    await open(views[name])
    expect(boxes()).toHaveLength(ticks)
    expect(page.getByText(reset.networksUnread).elements()).toHaveLength(general)
    expect(page.getByText(text.networksFailed).elements()).toHaveLength(name === 'reset-unread' ? 1 : 0)
    await tickAll()
    await button(text.createNew).click()
    expect(made()).toHaveLength(1)
  })

  test('networks that stay connected need no tick', async () => {
    await open(resetView({ networks: [{ name: 'Slack', type: 'slack', group: 'cloud', accountNames: [] }] }))
    await expect.element(page.getByText(reset.networksCalm)).toBeVisible()
    expect(boxes()).toEqual([false, false])
  })

  test('messages that are open: milder, and it says that a new key replaces an older one', async () => {
    await open(views.backup)
    await expect.element(page.getByText(backup.lead)).toBeVisible()
    await expect.element(page.getByText(backup.networksCalm)).toBeVisible()
    await expect.element(page.getByText(backup.groups.cloud, { exact: true })).toBeVisible()
    expect(page.getByText(reset.messages.title).elements()).toHaveLength(0)
    await box(backup.messages.title).click()
    await box(backup.oldKey.title).click()
    await button(text.createNew).click()
    expect(made().map(({ input }) => input)).toEqual([{ acceptLoss: true }])
  })
})

describe('the old key', () => {
  const label = () => page.getByLabelText(text.oldKey.label, { exact: true })
  const unfold = () => page.getByText(text.oldKey.fold).click()

  test('may be all that is needed', async () => {
    await open(views.reset)
    await unfold()
    await button(text.oldKey.useInstead).click()
    expect(fake.calls()).toEqual([{ name: 'security.openDoor', input: { door: 'key' } }])
  })

  test('goes along where it is typed', async () => {
    await open(views.reset)
    await unfold()
    await label().fill(sampleKey.replaceAll(' ', '-'))
    await tickAll()
    await button(text.createNew).click()
    expect(made().map(({ input }) => input)).toEqual([{ acceptLoss: true, existingRecoveryKey: sampleKey }])
  })

  test('is read first; who is sure sends it all the same', async () => {
    await open(views.reset)
    await unfold()
    await label().fill('EsU4 9pDf')
    await tickAll()
    await button(text.createNew).click()
    await expect.element(page.getByText(en.keyEntry.faults.tooShort(40))).toBeVisible()
    expect(fake.calls()).toEqual([])
    await button(en.keyEntry.sendAnyway).click()
    expect(made().map(({ input }) => input)).toEqual([{ acceptLoss: true, existingRecoveryKey: 'EsU4 9pDf' }])
  })

  test('that is refused stays in its field, which is shown', async () => {
    await open(views.reset)
    await unfold()
    await label().fill(sampleKey)
    await page.getByText(text.oldKey.fold).click()
    fake.show(views['reset-old-key-refused'])
    const { title } = en.problems['security.old-key-refused']
    await expect.element(page.getByRole('alert')).toHaveTextContent(title)
    await expect.element(label()).toBeVisible()
    await expect.element(label()).toHaveValue(sampleKey)
  })

  test('is not asked for as a way on where messages are open', async () => {
    await open(views.backup)
    await unfold()
    await expect.element(label()).toBeVisible()
    expect(button(text.oldKey.useInstead).elements()).toHaveLength(0)
  })
})

describe('an earlier new key', () => {
  test.each(['nothing-changed', 'unsure'] as const)(
    'ONE-3: never confirmed, %s: what is true of it',
    async (unfinished) => {
      await open(resetView({ unfinished }))
      await expect.element(page.getByText(text.unfinished[unfinished].title)).toBeVisible()
      await expect.element(page.getByText(text.unfinished[unfinished].text)).toBeVisible()
    },
  )

  test('ONE-3: lost by a reload: what is true of it, and the costs are ticked anew', async () => {
    await open(views['reset-lost'])
    await expect.element(page.getByText(text.lostLead)).toBeVisible()
    expect(boxes()).toEqual([false, false, false])
  })

  test('ONE-3: only the newest is ever shown', async () => {
    await open(views.reset)
    await make()
    fake.show(resetView({ unfinished: 'nothing-changed' }))
    await expect.element(page.getByText(text.unfinished['nothing-changed'].title)).toBeVisible()
    await make(another)
    await button(text.show).click()
    const list = page.getByRole('list', { name: text.keyLabel })
    await expect.element(list).toHaveTextContent(groupsOf(another)[3] ?? '')
    expect(document.documentElement.outerHTML).not.toContain(groupsOf(sampleKey)[3])
  })

  test('ONE-3: refused by the server, it goes from the screen, and another one is made', async () => {
    await open(views.reset)
    await make()
    await button(text.haveSaved).click()
    fake.show(resetView({ phase: 'confirming' }))
    fake.show(views['reset-new-key-refused'])
    const { title, explanation } = en.problems['security.new-key-refused']
    await expect.element(page.getByRole('alert')).toHaveTextContent(title)
    await expect.element(page.getByRole('alert')).toHaveTextContent(explanation)
    expect(document.documentElement.outerHTML).not.toContain(groupsOf(sampleKey)[3])
    await make(another)
    expect(made()).toHaveLength(2)
  })
})

describe('leaving', () => {
  const dialog = () => page.getByRole('dialog', { name: text.leaveTitle })

  test('before a key is made nothing is asked', async () => {
    await open(views.reset)
    await button(reset.leave).click()
    expect(fake.calls()).toEqual([{ name: 'security.leaveRecoveryKey', input: undefined }])
  })

  test.each([
    ['reset', resetView, reset],
    ['backup', backupView, backup],
  ] as const)('ONE-3: %s: asks once, and says that nothing has changed', async (_, view, said) => {
    await open(view())
    await make(sampleKey, view)
    await button(said.leave).click()
    await expect.element(dialog()).toHaveTextContent(said.leaveText)
    await expect.element(button(text.leaveNo)).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(dialog()).not.toBeInTheDocument()
    expect(fake.calls().at(-1)?.name).toBe('security.createRecoveryKey')
    await button(text.haveSaved).click()
    await button(said.leave).click()
    await button(text.leaveYes).click()
    expect(fake.calls().at(-1)).toEqual({ name: 'security.leaveRecoveryKey', input: undefined })
  })

  test('ONE-3: after a confirmation that was never answered it does not say that nothing has changed', async () => {
    await open(views.reset)
    await make()
    await button(text.haveSaved).click()
    fake.show(resetView({ phase: 'confirming', canLeave: false }))
    await expect.element(button(reset.leave)).toBeDisabled()
    fake.show(resetView({ phase: 'showing', problem: problemOf('beeper.timeout') }))
    await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['beeper.timeout'].title)
    await expect.element(page.getByText(text.confirmUnanswered)).toBeVisible()
    await button(reset.leave).click()
    await expect.element(dialog()).toHaveTextContent(text.leaveUnsure)
  })

  test('where it is not possible, it is not offered', async () => {
    await open(views['recovery-key'])
    await expect.element(button(text.create)).toBeVisible()
    expect(button(backup.leave).elements()).toHaveLength(0)
    expect(button(reset.leave).elements()).toHaveLength(0)
  })
})
