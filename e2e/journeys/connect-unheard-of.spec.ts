// What a server may send that has never been seen: said calmly, never guessed at, and always with a way out. And texts of
// networks: they are text.
import { en } from '#messages/en'
import { catalogue, display, done, failed, form, leaving, running, said, ways } from '../pages/connect.ts'
import { onScreen } from '../pages/screens.ts'
import { expect, test } from '../rig/test.ts'
import { connecting } from './connect-roads.ts'
import { cancels, connect, submits, toCatalogue } from './connect-start.ts'

test.use({ scenario: 'laboratory' })

const steps = [
  ['A passkey', en.step.passkeyTitle('Unheard Of')],
  ['A request by the client', en.step.clientTitle],
  ['A step nobody knows', en.step.unsupportedTitle],
] as const

for (const [way, title] of steps)
  test(`R27: ${way.toLowerCase()} is named and refused, and can be left`, connecting, async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Unheard Of', way)
    await onScreen(window, title)
    await expect(said(window, en.step.finishTitle)).toBeVisible()
    await expect(ways.others(window)).toBeVisible()
    expect(await submits(beeper), 'nothing is sent on a guess').toBe(0)
    await leaving.forGood(window, 'Unheard Of')
    await expect.poll(() => cancels(beeper)).toBe(1)
  })

test('R27: a form under a status that nobody knows is a form', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  await connect(window, 'Unheard Of', 'A form under a status nobody knows')
  await form.fill(window, 'Word', 'yes')
  await form.submit(window)
  await done.shown(window, 'Unheard Of')
})

test('R27: a display that nobody knows is not waited for', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  await connect(window, 'Every Display', 'A display nobody knows')
  await onScreen(window, en.step.unsupportedTitle)
  expect(await submits(beeper)).toBe(0)
  await leaving.forGood(window, 'Every Display')
})

test(
  'codes: grouped for the eye, copied as they are, and an address leads to the browser',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Every Display', 'A code without a dash')
    await display.codeShown(window, 'Every Display')
    await expect(display.code(window, 'WKTRBLQZ').or(display.code(window, 'WKTR BLQZ'))).toBeVisible()
    await leaving.forGood(window, 'Every Display')
    await connect(window, 'Every Display', 'A code that is an address')
    await onScreen(window, en.step.pageTitle('Every Display'))
    await window.getByRole('button', { name: en.step.openLink('chat.example.com') }).click()
    // Where it leads is shown before it is opened.
    expect(desk.browser.opened()).toEqual([])
    await expect(window.getByRole('dialog')).toContainText('chat.example.com')
    await window.getByRole('button', { name: en.connection.link.open }).click()
    await expect.poll(() => desk.browser.opened()).toEqual(['https://chat.example.com/link?code=K7QH3XPD&from=desktop'])
  },
)

test('R13, R29: IDs that look like paths are keys', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  await connect(window, 'Odd Identifiers')
  await form.fill(window, 'Value', 'wrong')
  await form.submit(window)
  await form.saysWrong(window, 'Value', 'Not that one')
  await form.fill(window, 'Value', 'right')
  await form.submit(window)
  await display.waitShown(window, 'Odd Identifiers')
  const { loginSessionID } = await beeper.control.session('lab-identifiers')
  await beeper.control.event(loginSessionID, 'approve')
  await done.shown(window, 'Odd Identifiers')
})

test('WIN-6: instructions are text, with links that say where they lead', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  await connect(window, 'Instructions', 'Links, Markdown, a PIN, bidi and markup')
  await display.waitShown(window, 'Instructions')
  const main = window.getByRole('main')
  await expect(main.locator('code', { hasText: '4 8 1 5 1 6' })).toBeVisible()
  await expect(main.locator('strong', { hasText: 'Approve' })).toBeVisible()
  await expect(main.locator('img, script, a[href], iframe')).toHaveCount(0)
  expect(await window.evaluate(() => 'wasRun' in globalThis)).toBe(false)
  expect(desk.browser.opened()).toEqual([])
})

test('WIN-6: a text of 100 kB is cut, and a word of 10 kB breaks', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  for (const way of ['A text of 100 kB', 'A word of 10 kB']) {
    await connect(window, 'Instructions', way)
    await display.waitShown(window, 'Instructions')
    expect(await window.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect((await window.getByRole('main').innerText()).length).toBeLessThan(6_000)
    await leaving.forGood(window, 'Instructions')
  }
})

test(
  'a network that falls off again right after it was connected: the truth, and one click',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Every Ending', 'An account that falls off again')
    await form.fill(window, 'Name', 'ada')
    await form.submit(window)
    await done.shown(window, 'Every Ending')
    await expect(done.watch(window, 'watching')).toBeVisible()
    await beeper.control.step(6_000)
    await done.fellOff(window, 'Every Ending')
    await window.getByRole('button', { name: en.connection.connectAgain }).click()
    await expect(form.field(window, 'Name')).toHaveValue('ada')
  },
)

test('who was connected: picture, name and number', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  await connect(window, 'Every Ending', 'Somebody with a picture')
  await form.fill(window, 'Name', 'ada')
  await form.submit(window)
  await done.shown(window, 'Every Ending')
  const owner = done.owner(window)
  await expect(owner.getByText('Ada Example')).toBeVisible()
  await expect(owner.getByText('+14155550123')).toBeVisible()
  const picture = owner.locator('img')
  await expect.poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(64)
})

test(
  'R10: an account that was connected before is renewed, and not there twice',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    for (const isKnown of [false, true]) {
      await connect(window, 'Every Ending', 'Somebody with a picture')
      await form.fill(window, 'Name', 'ada')
      await form.submit(window)
      if (isKnown) await done.shownAgain(window, 'Every Ending')
      else await done.shown(window, 'Every Ending')
      await done.another(window)
      await catalogue.shown(window)
    }
    expect((await beeper.control.accounts()).filter(({ bridge }) => bridge.id === 'lab-endings')).toHaveLength(1)
  },
)

const failures = [
  ['Fails before it begins', 'The other side refused'],
  ['Is not allowed at all', 'Not allowed to sign in on this bridge'],
  ['Has too many accounts', 'No more accounts allowed on this bridge (3)'],
] as const

test('what fails before it begins says why, and leaves nothing behind', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  for (const [way, text] of failures) {
    await connect(window, 'Every Ending', way)
    await failed.shown(window, 'Every Ending')
    await expect(said(window, text)).toBeVisible()
    await failed.chooseOther(window)
    await catalogue.shown(window)
  }
  await expect(running.list(window)).toHaveCount(0)
})

test(
  'R26: a 401 and a 429 of the network are the network’s, and nobody is signed out of Beeper',
  connecting,
  async ({ desk, beeper }) => {
    await beeper.control.wire({ errorSurface: 'http' })
    const { window } = await toCatalogue(desk, beeper)
    for (const way of ['A 401 of the network (R26)', 'A 429 of the network (R26)']) {
      await connect(window, 'Every Ending', way)
      await form.fill(window, 'Name', 'ada')
      await form.submit(window)
      await failed.shown(window, 'Every Ending')
      await failed.chooseOther(window)
      await catalogue.shown(window)
    }
  },
)
