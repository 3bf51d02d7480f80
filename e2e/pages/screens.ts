// The screens of the app as a person finds them: by heading, label and button. One object a screen; words come from the
// catalogue, so that a changed sentence is changed in one place.
import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { en } from '#messages/en'

/** Waits until the screen with this heading is shown. */
async function onScreen(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

export const find = {
  shown: (page: Page) => onScreen(page, en.find.title),
  useFirst: (page: Page) =>
    page
      .getByRole('button', { name: /^Continue with/u })
      .first()
      .click(),
  startDemo: (page: Page) => button(page, en.find.tryDemo).click(),
  nothingYet: (page: Page) => page.getByText(en.find.emptyTitle),
}

export const email = {
  shown: (page: Page) => onScreen(page, en.email.title),
  field: (page: Page) => page.getByLabel(en.email.label),
  async send(page: Page, address: string) {
    await email.field(page).fill(address)
    await button(page, en.email.submit).click()
  },
}

export const code = {
  shown: (page: Page) => onScreen(page, en.code.title),
  /** Six digits are sent as soon as they are there, so nothing else needs to be pressed. */
  enter: (page: Page, typed: string) => page.getByLabel(en.code.label).fill(typed),
}

export const register = {
  shown: (page: Page) => onScreen(page, 'Choose your username'),
  async submit(page: Page, username: string) {
    await page.getByLabel(en.register.label).fill(username)
    await page.getByRole('checkbox').check()
    await button(page, /Continue|Create account/u).click()
  },
}

export const authorise = {
  shown: (page: Page) => onScreen(page, en.authorise.title),
  openBrowser: (page: Page) => button(page, en.authorise.open).click(),
}

export const recoveryKey = {
  shown: (page: Page) => onScreen(page, en.recoveryKey.askTitle),
  create: (page: Page) => button(page, en.recoveryKey.create).click(),
  /** Reads the key off the screen, as a person who writes it down does. Each group stands after its number. */
  async groups(page: Page): Promise<readonly string[]> {
    const groups = await page.getByRole('list', { name: en.recoveryKey.keyLabel }).getByRole('listitem').allInnerTexts()
    return groups.map((group) => group.trim().split(/\s+/u).at(-1) ?? '')
  },
  /** Which group the check asks for, from 1. */
  async askedFor(page: Page): Promise<number> {
    const label = await page.getByText(/^Group \d+ of your key$/u).innerText()
    return Number(/\d+/u.exec(label)?.[0])
  },
  async show(page: Page): Promise<readonly string[]> {
    await onScreen(page, en.recoveryKey.showTitle)
    await button(page, en.recoveryKey.show).click()
    return recoveryKey.groups(page)
  },
  async prove(page: Page, groups: readonly string[]) {
    await button(page, en.recoveryKey.haveSaved).click()
    await onScreen(page, en.recoveryKey.proveTitle)
    await page.getByLabel(/^Group \d+ of your key$/u).fill(groups[(await recoveryKey.askedFor(page)) - 1] ?? '')
    await button(page, en.recoveryKey.confirm).click()
  },
}

export const firstSync = {
  shown: (page: Page) => onScreen(page, en.firstSync.title),
  goOn: (page: Page) => button(page, en.firstSync.continue).click(),
}

export const connect = {
  shown: (page: Page) => onScreen(page, en.connect.title),
  start: (page: Page, network: string) => button(page, en.connect.addNamed(network)).click(),
}

export const connection = {
  chosen: (page: Page, flow: string | RegExp) => page.getByRole('button', { name: flow }).click(),
  showsQr: (page: Page, network: string) => onScreen(page, en.step.qrTitle(network)),
  qr: (page: Page) => page.getByRole('img', { name: en.step.qrAlt }),
  done: (page: Page, network: string) => onScreen(page, en.connection.doneTitle(network)),
  finish: (page: Page) => button(page, en.connect.done).click(),
}

export const home = {
  shown: (page: Page) => onScreen(page, en.home.title),
}

export const demo = {
  banner: (page: Page) => page.getByText(en.demo.banner),
  openPhone: (page: Page) => button(page, en.demo.openPhone).click(),
}
