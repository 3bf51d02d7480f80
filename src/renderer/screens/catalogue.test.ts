// The list of networks: what each row says, searching it, and going through it by keyboard.
import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { catalogueView } from '../gallery/catalogue-views.ts'
import { hostileTexts } from '../gallery/hostile-texts.ts'
import { fewNetworks, named, network } from '../gallery/samples.ts'
import { views } from '../gallery/views.ts'
import { wideOnes } from '../gallery/wide-ones.ts'

const text = en.connect
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const field = () => page.getByRole('searchbox', { name: text.search })
const row = (name: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('main li')].find((one) => one.querySelector('.name')?.textContent === name)
const namesShown = (): (string | null | undefined)[] =>
  [...document.querySelectorAll('main li')].map((one) => one.querySelector('.name')?.textContent)

describe('a row', () => {
  test.each([
    [
      'Facebook Messenger',
      text.status.temporarily_unavailable,
      'Back in a few hours',
      text.meaning.temporarily_unavailable,
    ],
    ['Discord', text.status.limit_reached, text.meaning.limit_reached],
    ['Google Chat', text.status.disabled, text.meaning.disabled],
    ['Weechat Relay', text.status.unsupported, text.meaning.unsupported],
    ['X', text.accountStatus.off, text.meaning.connected],
  ])('%s cannot be opened, and says why', async (name, ...says) => {
    await open(views.connect)
    await expect.poll(() => row(name)?.textContent).toContain(name)
    for (const one of says) expect(row(name)?.textContent).toContain(one)
    expect(row(name)?.querySelector('button')).toBeNull()
  })

  test('what the server says of a network that can be opened is shown too', async () => {
    await open(catalogueView({ networks: [network('Signal', 'cloud', { statusText: 'New and still slow' })] }))
    await expect.element(button(text.addNamed('Signal'))).toHaveAccessibleDescription('New and still slow')
  })

  test('one that is under way goes on', async () => {
    await open(views.connect)
    const goOn = button(text.goOnNamed('Telegram'))
    await expect.element(goOn).toHaveTextContent(text.goOn)
    await goOn.click()
    expect(fake.calls()).toEqual([{ name: 'connect.open', input: { bridgeID: 'this-device-telegram' } }])
  })

  test('one that is under way goes on, whatever its state', async () => {
    const full = network('Signal', 'cloud', { status: 'limit_reached', canConnect: false, connectionID: 'c2' })
    await open(catalogueView({ networks: [full] }))
    await expect.element(button(text.goOnNamed('Signal'))).toBeVisible()
  })

  test('one that is connected takes another account', async () => {
    await open(views.connect)
    const another = button(text.addAnotherNamed('WhatsApp'))
    await expect.element(another).toHaveTextContent(text.addAnother)
    await expect.element(another).toHaveAccessibleDescription(`${text.accountStatus.connected} Ada Example`)
    await another.click()
    expect(fake.calls()).toEqual([{ name: 'connect.open', input: { bridgeID: 'this-device-whatsapp' } }])
  })

  test.each([
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B, and 1 more'],
    [['A', 'B', 'C', 'D', 'E'], 'A, B, and 3 more'],
  ])('of accounts %j it names %j', async (names, says) => {
    await open(catalogueView({ networks: [network('Signal', 'cloud', { accounts: names.map((one) => named(one)) })] }))
    await expect.poll(() => row('Signal')?.querySelector('.names')?.textContent.trim()).toBe(says)
  })

  test.each([
    ['the only one', [named('Ada', 'needs-you')], text.accountStatus['needs-you']],
    ['one of two', [named('Ada'), named('Sam', 'needs-you')], 'Sam needs you'],
    ['two of three', [named('A', 'needs-you'), named('B'), named('C', 'needs-you')], '2 accounts need you'],
  ])('says in words that an account needs the person: %s', async (_, accounts, says) => {
    await open(catalogueView({ networks: [network('Signal', 'cloud', { accounts })] }))
    const badge = () => row('Signal')?.querySelector('.badge')
    await expect.poll(() => badge()?.textContent).toBe(says)
    expect(badge()?.className).toContain('attention')
  })

  test('all of it can be pressed', async () => {
    await open(views.connect)
    const opener = button(text.addNamed('Signal')).element()
    const box = row('Signal')?.querySelector('.row')?.getBoundingClientRect()
    if (box === undefined) throw new Error('no row')
    const middle = box.top + box.height / 2
    for (const x of [box.left + 3, box.left + 30, box.left + box.width / 2, box.right - 3])
      await expect.poll(() => document.elementFromPoint(x, middle)).toBe(opener)
  })

  test('has the mark of its network, or letters', async () => {
    await open(views.connect)
    await expect.poll(() => row('Signal')?.querySelector('.tile svg path')).not.toBeNull()
    expect(row('LinkedIn')?.querySelector('.tile')?.textContent).toBe('L')
  })
})

describe('searching', () => {
  test('finds a network by its name, and opens it', async () => {
    await open(views['connect-many'])
    await field().fill('network 137')
    await expect.poll(namesShown).toEqual(['Network 137'])
    await button(text.addNamed('Network 137')).click()
    expect(fake.calls()).toEqual([{ name: 'connect.open', input: { bridgeID: 'cloud-network137' } }])
  })

  test('brings what begins with the words to the top, and says how many there are', async () => {
    await open(views.connect)
    expect(namesShown()[0]).toBe('WhatsApp')
    await field().fill('G')
    await expect.poll(() => namesShown().slice(0, 2)).toEqual(['Google Messages', 'Signal'])
    await field().fill('go')
    await expect.poll(() => namesShown().slice(0, 2)).toEqual(['Google Messages', 'Google Chat'])
    await expect.element(page.getByText(text.results(namesShown().length), { exact: true })).toBeInTheDocument()
  })

  test('by an account names that account first', async () => {
    await open(views.connect)
    await field().fill('old account')
    await expect.poll(namesShown).toEqual(['Instagram'])
    expect(row('Instagram')?.querySelector('.names')?.textContent.trim()).toBe('@old.account, @ada.example, and 2 more')
  })

  test('Escape shows all again', async () => {
    await open(views.connect)
    await field().fill('zzz')
    await expect.element(page.getByText(text.nothing('zzz'))).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(field()).toHaveValue('')
    await expect.element(field()).toHaveFocus()
    await expect.poll(() => namesShown().length).toBe(fewNetworks.length)
  })

  test('a button shows all again where nothing is found', async () => {
    await open(views.connect)
    await field().fill('zzz')
    await button(text.clear).click()
    await expect.poll(() => namesShown().length).toBe(fewNetworks.length)
  })

  test('Down goes to the first that was found, further down and back up to the field', async () => {
    await open(views.connect)
    await field().fill('go')
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(button(text.addNamed('Google Messages'))).toHaveFocus()
    await userEvent.keyboard('{ArrowUp}')
    await expect.element(field()).toHaveFocus()
    await field().fill('')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await expect.element(button(text.addNamed('Signal'))).toHaveFocus()
    for (let steps = 0; steps < 20; steps++) await userEvent.keyboard('{ArrowDown}')
    await expect.element(button(text.addNamed('LinkedIn'))).toHaveFocus()
    expect(fake.calls()).toEqual([])
  })

  test('Escape among what was found goes back to the field', async () => {
    await open(views.connect)
    await field().fill('go')
    await userEvent.keyboard('{ArrowDown}{Escape}')
    await expect.element(field()).toHaveFocus()
    await expect.element(field()).toHaveValue('')
  })
})

test('the way on is called by what it is', async () => {
  await open(views.connect)
  await button(text.done).click()
  await open(views['connect-none'])
  await button(text.skip).click()
  expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'home' } }])
})

test(`WIN-6: ${hostileTexts.length} hostile texts as names, reasons and accounts are text, and stay in their row`, async () => {
  await open(views['connect-hostile'], { width: 480, height: 560 })
  await expect.poll(() => namesShown().length).toBe(hostileTexts.length)
  expect(namesShown()).toEqual(hostileTexts.map(({ name }) => name))
  for (const one of document.querySelectorAll<HTMLElement>('main li')) {
    one.scrollIntoView()
    expect(one.getBoundingClientRect().height).toBeLessThan(300)
  }
  expect(wideOnes()).toEqual([])
  expect(document.querySelectorAll('main :is(script, iframe, img, form, b, i, style, a, details)')).toHaveLength(0)
  expect('wasRun' in globalThis).toBe(false)
})

test('a row that is gone through by keyboard is not under the way on', async () => {
  await open(views['connect-many'], { width: 480, height: 560 })
  await field().click()
  for (let steps = 0; steps < 12; steps++) {
    await userEvent.keyboard('{ArrowDown}')
    const bottom = document.activeElement?.closest('.row')?.getBoundingClientRect().bottom ?? Infinity
    expect(bottom).toBeLessThanOrEqual(document.querySelector('footer')?.getBoundingClientRect().top ?? 0)
  }
})
