// The screens of the app as a person finds them: by heading, label and button. One object a screen; words come from the
// catalogue, so that a changed sentence is changed in one place.
import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { en } from '#messages/en'

/** Waits until the screen with this heading is shown. */
export async function onScreen(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}

/** A button by its name. */
export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

export const find = {
  shown: (page: Page) => onScreen(page, en.find.title),
  /** The rows of the list, by what stands in them. */
  row: (page: Page, text: string | RegExp): Locator =>
    page.getByRole('list', { name: en.find.foundLabel }).getByRole('listitem').filter({ hasText: text }),
  rows: (page: Page): Locator => page.getByRole('list', { name: en.find.foundLabel }).getByRole('listitem'),
  useFirst: (page: Page) =>
    page
      .getByRole('button', { name: /^(?:Open|Sign in to|Continue with) /u })
      .first()
      .click(),
  async enterAddress(page: Page, address: string) {
    const field = page.getByLabel(en.find.addressLabel)
    if (!(await field.isVisible())) await page.getByText(en.find.anotherAddress, { exact: true }).click()
    await field.fill(address)
    await button(page, en.find.useAddress).click()
  },
  fromRail: (page: Page) =>
    page
      .getByRole('navigation', { name: en.progress.label })
      .getByRole('button', { name: en.progress.chapters.find })
      .click(),
  asks: (page: Page): Locator => page.getByRole('heading', { name: en.find.askTitle }),
  allow: (page: Page) => button(page, en.find.askYes).click(),
  async more(page: Page, name: string, item: string) {
    await button(page, en.find.moreNamed(name)).click()
    await page.getByRole('menuitem', { name: item }).click()
  },
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
  submitButton: (page: Page): Locator => button(page, en.code.submit),
  /** Named by what it does or by how long it has yet to wait. */
  resend: (page: Page): Locator => button(page, /^(?:Send a new code|Sending a new code)/u),
}

export const register = {
  shown: (page: Page) => onScreen(page, 'Choose your username'),
  name: (page: Page): Locator => page.getByLabel(en.register.label),
  acceptance: (page: Page): Locator => page.getByRole('checkbox'),
  submitButton: (page: Page): Locator => button(page, /Continue|Create account/u),
  async submit(page: Page, username: string) {
    await register.name(page).fill(username)
    await register.acceptance(page).check()
    await register.submitButton(page).click()
  },
}

export const authorise = {
  shown: (page: Page) => onScreen(page, en.authorise.title),
  /** A permission that is asked for once more. */
  shownAgain: (page: Page, reason: keyof typeof en.authorise.again) => onScreen(page, en.authorise.again[reason].title),
  waits: (page: Page) => onScreen(page, en.authorise.waitingTitle),
  openBrowser: (page: Page) => button(page, en.authorise.open).click(),
  openAgain: (page: Page) => button(page, en.authorise.openAgain).click(),
  cancel: (page: Page) => button(page, en.authorise.cancel).click(),
  notNow: (page: Page) => button(page, en.authorise.notNow).click(),
  tokenField: (page: Page): Locator => page.getByLabel(en.token.label, { exact: true }),
  async pasteToken(page: Page, token: string) {
    const field = authorise.tokenField(page)
    if (!(await field.isVisible())) await page.getByText(en.token.fold, { exact: true }).click()
    await field.fill(token)
    await button(page, en.token.submit).click()
  },
}

export const keychain = {
  shown: (page: Page, during: 'probe' | 'save' | 'read') => onScreen(page, en.keychain[`${during}Title`]),
  says: (page: Page, code: keyof typeof en.keychain.problems.linux): Locator =>
    page.getByText(en.keychain.problems.linux[code].title),
  retry: (page: Page): Locator => button(page, en.keychain.retry),
  thisRun: (page: Page): Locator => button(page, en.keychain.thisRun),
}

export const settings = {
  shown: (page: Page) => onScreen(page, en.settings.title),
  open: (page: Page) => button(page, en.home.settings).click(),
  back: (page: Page) => button(page, en.settings.back).click(),
  switchBeeper: (page: Page) => button(page, en.settings.switch).click(),
  /** By the chapter of signing in, once that is behind. */
  fromRail: (page: Page) =>
    page
      .getByRole('navigation', { name: en.progress.label })
      .getByRole('button', { name: en.progress.chapters['sign-in'] })
      .click(),
  keep: (page: Page): Locator => button(page, en.settings.keep('linux')),
  renew: (page: Page) => button(page, en.settings.renew).click(),
  async signOut(page: Page, how: 'here' | 'everywhere') {
    await button(page, en.settings.signOut).click()
    await button(page, en.signOut[how]).click()
  },
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
  /** The field of the check. */
  groupField: (page: Page): Locator => page.getByRole('textbox', { name: /^Group \d+ of your key$/u }),
  async show(page: Page): Promise<readonly string[]> {
    await onScreen(page, en.recoveryKey.showTitle)
    await button(page, en.recoveryKey.show).click()
    return recoveryKey.groups(page)
  },
  async prove(page: Page, groups: readonly string[]) {
    await button(page, en.recoveryKey.haveSaved).click()
    await onScreen(page, en.recoveryKey.proveTitle)
    await recoveryKey.groupField(page).fill(groups[(await recoveryKey.askedFor(page)) - 1] ?? '')
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
  /** Whatever stands at its top: what it says of the messages. */
  says: (page: Page, security: keyof typeof en.home.security) =>
    expect(page.getByText(en.home.security[security])).toBeVisible(),
}

export const demo = {
  banner: (page: Page) => page.getByText(en.demo.banner),
  openPhone: (page: Page) => button(page, en.demo.openPhone).click(),
}
