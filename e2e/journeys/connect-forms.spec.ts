// Forms of networks, those of today and those that nobody has seen yet: all is filled in by its label, nothing that was typed is
// lost, and what the network says of it stands at the field.
import { en } from '#messages/en'
import { done, failed, form, said } from '../pages/connect.ts'
import { expect, test } from '../rig/test.ts'
import { connecting } from './connect-roads.ts'
import { connect, submits, toCatalogue } from './connect-start.ts'

test.use({ scenario: 'laboratory' })

test(
  'R2: a value that is refused stays, marked, with the network’s words at the field',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Slack', 'Email')
    await form.fill(window, 'Email', 'rejected@example.com')
    await form.submit(window)
    await form.saysWrong(window, 'Email', 'Slack does not accept this address')
    await expect(form.field(window, 'Email')).toHaveValue('rejected@example.com')
    await expect(form.field(window, 'Email')).toBeFocused()
    await expect.poll(() => submits(beeper)).toBe(1)
    // The focus has marked it, so that typing replaces it.
    await window.keyboard.type('ada@example.com')
    await expect(form.field(window, 'Email')).toHaveValue('ada@example.com')
    await window.keyboard.press('Enter')
    await expect(form.field(window, 'Confirmation code')).toBeFocused()
  },
)

test(
  'every type of field is a field: filled in, sent as it is wanted, and understood',
  connecting,
  async ({ desk, beeper }) => {
    await beeper.control.wire({ profile: 'rich' })
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Every Field', 'Every type at once')
    await expect(form.field(window, 'text'), 'filled in by the network').toHaveValue('Ada')
    await form.fill(window, 'username', 'ada')
    await form.fill(window, 'password', 'a b c')
    await form.fill(window, 'phone number', '+1 (415) 555-0123')
    await form.fill(window, 'email', ' ada@example.com ')
    await form.fill(window, '2fa code', '12345')
    await form.fill(window, 'token', 'tok')
    await form.fill(window, 'captcha code', 'w4lrus')
    await form.choose(window, 'select', 'Noon')
    await expect(form.field(window, 'password')).toHaveAttribute('type', 'password')
    await expect(form.field(window, '2fa code')).toHaveAttribute('autocomplete', 'one-time-code')
    await form.submit(window)
    await form.saysWrong(window, '2fa code')
    expect(await submits(beeper), 'nothing went out').toBe(0)
    await form.fill(window, '2fa code', '123456')
    await form.submit(window)
    await done.shown(window, 'Every Field')
    const sent = beeper.world.secrets().map(({ value }) => value)
    expect(sent).toEqual(expect.arrayContaining(['a b c', 'tok', '123456']))
  },
)

test('a choice of one is a button, a choice of three are three', connecting, async ({ desk, beeper }) => {
  await beeper.control.wire({ profile: 'rich' })
  const { window } = await toCatalogue(desk, beeper)
  await connect(window, 'Every Field', 'A choice of one')
  await window.getByRole('button', { name: 'Continue', exact: true }).dblclick()
  await done.shown(window, 'Every Field')
  expect(await submits(beeper)).toBe(1)
})

test(
  'thirty fields: one that is missing is found, and nothing of the others is lost',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Every Field', 'Thirty fields')
    const fields = window.getByRole('main').locator('input:not([type="search"])')
    await expect.poll(() => fields.count()).toBeGreaterThanOrEqual(30)
    const labels = ['text 1', 'username 2', 'email 5', 'url 8']
    for (const label of labels) await form.fill(window, label, label === 'email 5' ? 'ada@example.com' : `of ${label}`)
    await form.submit(window)
    await form.saysWrong(window, 'phone number 4', en.form.needed)
    await expect(form.field(window, 'phone number 4'), 'the first that is missing').toBeFocused()
    expect(await submits(beeper)).toBe(0)
    for (const field of await fields.all()) {
      if ((await field.inputValue()) !== '') continue
      await field.fill((await field.getAttribute('type')) === 'tel' ? '+14155550123' : 'typed')
    }
    await form.submit(window)
    await done.shown(window, 'Every Field')
    expect(await submits(beeper)).toBe(1)
  },
)

test(
  'PAT-1: a pattern that would stop another engine is decided, and never stands in anybody’s way',
  connecting,
  async ({ desk, beeper }) => {
    await beeper.control.wire({ profile: 'rich' })
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Patterns', 'A pattern that never ends')
    await form.fill(window, 'Value', `${'a'.repeat(60)}!`)
    await form.submit(window)
    await form.saysWrong(window, 'Value')
    await form.sendAnyway(window).click()
    await done.shown(window, 'Patterns')
  },
)

test('PAT-2: a pattern that is none stops nobody', connecting, async ({ desk, beeper }) => {
  await beeper.control.wire({ profile: 'rich' })
  const { window } = await toCatalogue(desk, beeper)
  await connect(window, 'Patterns', 'No pattern at all')
  await form.fill(window, 'Value', 'anything')
  await form.submit(window)
  await done.shown(window, 'Patterns')
})

test(
  'pictures and sounds of a puzzle are there, and rubbish among them is not',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Pictures and Sounds')
    for (const name of ['first.png', 'second.png']) {
      const picture = window.getByRole('img', { name: en.form.pictureAlt('Pictures and Sounds', name) })
      await expect(picture).toBeVisible()
      await expect.poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
    }
    const sound = window.getByLabel(en.form.soundLabel('Pictures and Sounds', 'tone.wav'))
    await expect.poll(() => sound.evaluate((one) => (one as HTMLAudioElement).duration)).toBeGreaterThan(0)
    await expect(window.getByRole('main').locator('img')).toHaveCount(2)
    expect(await window.evaluate(() => 'wasRun' in globalThis)).toBe(false)
    await form.fill(window, 'Answer', 'wrong')
    await form.submit(window)
    await form.saysWrong(window, 'Answer', 'That was not right')
    await form.fill(window, 'Answer', 'k7mq2')
    await form.submit(window)
    await done.shown(window, 'Pictures and Sounds')
  },
)

test(
  'a phone number is helped: its country, how it is sent, and what is not whole',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'WhatsApp', 'Pairing code')
    await expect(form.country(window)).toBeVisible()
    await form.fill(window, 'Phone number', '0049 1512 3456789')
    await expect(said(window, en.form.phone.sentAs('+49 1512 3456789'))).toBeVisible()
    await expect(form.country(window)).toHaveValue('DE')
    await form.submit(window)
    await expect(window.getByRole('heading', { level: 1 })).toHaveText(en.step.codeTitle('WhatsApp'))
  },
)

test(
  'a failure says what the network said and what helps, and starts over with what was typed',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'WhatsApp', 'Pairing code')
    await form.fill(window, 'Phone number', '+15550009999')
    await form.submit(window)
    const asItIs = form.sendAsItIs(window)
    if (await asItIs.isVisible()) await asItIs.click()
    await failed.shown(window, 'WhatsApp')
    await expect(said(window, 'WhatsApp allows no further attempt right now')).toBeVisible()
    await expect(said(window, en.connection.advice.wait)).toBeVisible()
    await failed.again(window).click()
    await expect(form.field(window, 'Phone number')).toHaveValue(/555.*000.*9999/u)
  },
)
