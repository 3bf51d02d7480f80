// Texts of servers and networks on the screens of a connection: readable, selectable, and never more than text.
import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { longInstructions, waitFor } from '../gallery/display-views.ts'
import { objections } from '../gallery/objections.ts'
import { markup } from '../gallery/samples.ts'
import { connectionView, stepStage } from '../gallery/views.ts'
import { wideOnes } from '../gallery/wide-ones.ts'

const text = en.connection
const saying = (instructions: string) => connectionView(stepStage(waitFor({ type: 'nothing' }, instructions)))
const marked = (): HTMLElement => document.querySelector<HTMLElement>('main .marked') ?? document.body
const link = () => page.getByRole('link')
const dialog = () => page.getByRole('dialog')

describe('WIN-6: instructions', () => {
  test('keep their lines, and show what some write as in Markdown', async () => {
    await open(saying('Open **Settings**.\nType `1234 5678` there.'))
    expect(marked().innerText).toBe('Open Settings.\nType 1234 5678 there.')
    expect([...marked().querySelectorAll('strong, code')].map((one) => one.textContent)).toEqual([
      'Settings',
      '1234 5678',
    ])
    getSelection()?.selectAllChildren(marked())
    expect(getSelection()?.toString()).toContain('1234 5678')
  })

  test.each([
    ['markup', markup],
    ['a direction that turns', '\u202e\u2067turned\u202e'],
    ['marks without an end', '**`[](https://'],
    ['many links', 'https://a.example/ '.repeat(90)],
    ['one word without an end', 'x'.repeat(2000)],
    ['100 kB', 'All of it. '.repeat(10_000)],
    ['100 kB of brackets', `https://a.example/${')'.repeat(100_000)}`],
  ])('with %s are text, within their place', async (_, instructions) => {
    await open(saying(instructions), { width: 480, height: 560 })
    expect(document.querySelectorAll('main img, main b, main a')).toHaveLength(0)
    expect(marked().textContent.slice(0, 20)).toBe(instructions.slice(0, 20))
    expect(marked().tagName).toBe('BDI')
    expect(wideOnes()).toEqual([])
    const all = page.getByRole('button', { name: text.showAll })
    if (all.elements().length === 0) return
    await all.click()
    expect(wideOnes()).toEqual([])
    expect(marked().getBoundingClientRect().height).toBeLessThan(560)
  })

  test('that are long begin shortened at a word, and are all there on demand', async () => {
    await open(saying(longInstructions))
    expect(marked().textContent.length).toBeLessThan(650)
    expect(marked().textContent).toMatch(/\w…$/u)
    await page.getByRole('button', { name: text.showAll }).click()
    expect(marked().innerText.replaceAll(/\s+/gu, ' ').trim()).toBe(
      longInstructions
        .replaceAll(/\*\*|`/gu, '')
        .replaceAll(/\s+/gu, ' ')
        .trim(),
    )
    expect(await objections()).toEqual([])
    await page.getByRole('button', { name: text.showLess }).click()
    expect(marked().textContent.length).toBeLessThan(650)
  })
})

describe('a link of the network', () => {
  test('is opened by keyboard, after it was shown where it leads', async () => {
    await open(saying('See https://help.example.com/a?b=c.'))
    for (let steps = 0; steps < 10 && document.activeElement?.getAttribute('role') !== 'link'; steps++)
      await userEvent.keyboard('{Tab}')
    await userEvent.keyboard('{Enter}')
    await expect.element(dialog()).toHaveTextContent(text.link.leadsTo('help.example.com'))
    await expect.element(page.getByRole('button', { name: text.link.stay })).toHaveFocus()
    expect(await objections()).toEqual([])
    await userEvent.keyboard('{Enter}')
    await expect.element(dialog()).not.toBeInTheDocument()
    await expect.element(link()).toHaveFocus()
    expect(fake.calls()).toEqual([])
    await userEvent.keyboard('{Enter}{Tab}{Enter}')
    expect(fake.calls()).toEqual([
      { name: 'connect.openLink', input: { connectionID: 'c1', url: 'https://help.example.com/a?b=c' } },
    ])
    await expect.element(dialog()).not.toBeInTheDocument()
  })

  test.each([
    ['letters of another alphabet', 'https://\u0430pple.com/', 'xn--pple-43d.com'],
    ['a host that is written as a number', 'https://0x7f000001/', '127.0.0.1'],
    ['a path that looks like a host', 'https://evil.example/https://apple.com', 'evil.example'],
    ['another port', 'https://evil.example:8443/', 'evil.example'],
  ])('with %s says the host that counts', async (_, url, host) => {
    await open(saying(`Go to ${url} now`))
    await link().click()
    await expect.element(dialog()).toHaveTextContent(text.link.leadsTo(host))
    expect(dialog().element().querySelector('strong')?.textContent.split(':')[0]).toBe(host)
  })

  test('that is long stays within the question', async () => {
    await open(saying(`https://a.example/${'y'.repeat(1500)}`), { width: 480, height: 560 })
    await link().click()
    expect(dialog().element().querySelector('.address')?.textContent.length).toBeLessThan(130)
    expect(wideOnes()).toEqual([])
  })

  test.each([
    'https://[::1',
    'https://a b',
    'http://a.example',
    'javascript:alert(1)',
    'https://%zz/',
    'https://apple.com@evil.example/',
  ])('%s is no link', async (address) => {
    await open(saying(`Go to ${address}`))
    expect(marked().textContent).toBe(`Go to ${address}`)
    for (const found of link().elements()) expect(found.textContent).not.toBe(address)
  })

  test('has no address that a middle click or a drag could take', async () => {
    await open(saying('See https://help.example.com/'))
    expect(link().element().hasAttribute('href')).toBe(false)
    await link().click({ button: 'middle' })
    expect(dialog().elements()).toHaveLength(0)
    expect(fake.calls()).toEqual([])
  })
})
