// Everything of connecting chat networks, as a person finds it: the catalogue, the ways to sign in, forms, what is shown for
// the phone, how it ends, what goes on beside the screen, and leaving. Words come from the catalogue of messages; what a network
// says (names of ways, labels, instructions) comes from its data. Nothing here looks at the server.
import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { en } from '#messages/en'
import { button, onScreen } from './screens.ts'

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&')

/** What stands beside the name of a field, and belongs to its label: where a value is found, and whether it may stay away. */
const notes = [...Object.values(en.cookies.kinds).map(escaped), en.form.optional].join('|')

/** What is on the screen below the title bar and the rail. */
const main = (page: Page): Locator => page.getByRole('main')

/** The list of networks. */
export const catalogue = {
  shown: (page: Page) => onScreen(page, en.connect.title),
  /** The row of a network, by its name, whatever can be done there. */
  row: (page: Page, network: string): Locator =>
    main(page)
      .getByRole('listitem')
      .filter({ has: page.getByText(network, { exact: true }) }),
  /** Connects the first account. */
  add: (page: Page, network: string): Locator => button(page, en.connect.addNamed(network)),
  addAnother: (page: Page, network: string): Locator => button(page, en.connect.addAnotherNamed(network)),
  /** Returns to a sign-in that is under way. */
  goOn: (page: Page, network: string): Locator => button(page, en.connect.goOnNamed(network)),
  group: (page: Page, name: keyof typeof en.connect.groups): Locator =>
    page.getByRole('region', { name: en.connect.groups[name] }),
  search: (page: Page): Locator => page.getByRole('searchbox', { name: en.connect.search }),
  /** To Home. */
  done: (page: Page): Locator => button(page, en.connect.done),
  skip: (page: Page): Locator => button(page, en.connect.skip),
}

/** The ways to sign in to a network: as a screen of their own before anything begins, and beside a step or a failure. */
export const ways = {
  shown: (page: Page, network: string) => onScreen(page, en.connection.chooseTitle(network)),
  way: (page: Page, name: string): Locator => main(page).getByRole('button', { name, exact: true }),
  others: (page: Page): Locator => page.getByRole('region', { name: en.connection.otherWays.title }),
  /** The way for those who cannot scan, which stands above the others. */
  instead: (page: Page, name: string): Locator => button(page, en.connection.otherWays.instead(name)),
  /** Asked before a way is given up that is under way. */
  asks: (page: Page, name: string): Locator =>
    page.getByRole('dialog', { name: en.connection.otherWays.switchTitle(name) }),
  change: (page: Page) => button(page, en.connection.otherWays.switch).click(),
  stay: (page: Page) => button(page, en.connection.otherWays.stay).click(),
}

/** What a network says to do, or of what happened, wherever on the screen it stands; marks of `code` and **strong** are drawn. */
export const said = (page: Page, text: string): Locator =>
  main(page).getByText(text.replaceAll('`', '').replaceAll('**', ''))

/** A form of a network. Its fields are called as the network calls them. */
export const form = {
  shown: (page: Page, network: string) => onScreen(page, en.connection.title(network)),
  /** What a field or choice is called, wherever that stands. */
  asked: (page: Page, label: string): Locator => main(page).getByText(label, { exact: true }).first(),
  field: (page: Page, label: string): Locator =>
    main(page).getByLabel(new RegExp(`^${escaped(label)}\\s*(?:${notes}|, )*$`, 'u')),
  /** Types into a field, whatever was in it. */
  fill: (page: Page, label: string, value: string) => form.field(page, label).fill(value),
  /** The country of a phone number; there once numbers are understood, shortly after the field. */
  country: (page: Page): Locator => page.getByRole('combobox', { name: en.form.phone.country }),
  /** Chooses one of the options of a field among others. */
  choose: (page: Page, label: string, option: string) => form.field(page, label).selectOption({ label: option }),
  /** One of the options of a choice that is all there is to answer; it is sent as soon as it is pressed. */
  option: (page: Page, label: string, option: string): Locator =>
    main(page).getByRole('list', { name: label, exact: true }).getByRole('button', { name: option, exact: true }),
  /** All that such a choice offers, in order. */
  options: (page: Page, label: string): Promise<readonly string[]> =>
    main(page).getByRole('list', { name: label, exact: true }).getByRole('button').allInnerTexts(),
  submitButton: (page: Page): Locator => button(page, en.form.submit),
  submit: (page: Page) => form.submitButton(page).click(),
  /** It was sent and has not been answered. */
  sending: (page: Page): Locator => button(page, en.form.submitting),
  /** Sends what does not look as the network wants it. */
  sendAnyway: (page: Page): Locator => button(page, en.form.sendAnyway),
  /** Sends a phone number that is none as far as anybody knows. */
  sendAsItIs: (page: Page): Locator => button(page, en.form.phone.sendAsItIs),
  /** Waits until a field is marked as wrong. @param text what it says then */
  async saysWrong(page: Page, label: string, text?: string) {
    const field = form.field(page, label)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    if (text !== undefined) await expect(field).toHaveAccessibleDescription(new RegExp(escaped(text), 'u'))
  },
  /** Said above the fields where the network refused several at once, or a choice. */
  refused: (page: Page): Locator => main(page).getByRole('alert').filter({ hasText: en.form.rejectedTitle }),
}

/** The values that a website leaves behind, pasted by hand: a form whose fields are called as the values are. */
export const cookies = {
  async shown(page: Page, network: string) {
    await onScreen(page, en.connection.title(network))
    await expect(page.getByRole('region', { name: en.cookies.byHand })).toBeVisible()
  },
  /** There once it was tried with some of the values; asks before it sends. */
  sendWithout: (page: Page): Locator => button(page, en.cookies.sendWithout),
  asks: (page: Page, missingCount: number): Locator =>
    page.getByRole('dialog', { name: en.cookies.withoutTitle(missingCount) }),
  /** Sends some of the values without the others, by way of the question. */
  async withoutThem(page: Page, missingCount: number) {
    await cookies.sendWithout(page).click()
    const dialog = cookies.asks(page, missingCount)
    await dialog.getByRole('button', { name: en.cookies.sendWithout, exact: true }).click()
  },
}

/** What is shown to be scanned, typed or tapped on the phone. */
export const display = {
  qrShown: (page: Page, network: string) => onScreen(page, en.step.qrTitle(network)),
  qr: (page: Page): Locator => page.getByRole('img', { name: en.step.qrAlt }),
  /** Instead of a code or picture that may have run out. */
  covered: (page: Page): Locator => main(page).getByText(en.step.checking),
  enlarge: (page: Page): Locator => button(page, en.step.qrEnlarge),
  enlarged: (page: Page, network: string): Locator => page.getByRole('dialog', { name: en.step.qrEnlarged(network) }),
  codeShown: (page: Page, network: string) => onScreen(page, en.step.codeTitle(network)),
  code: (page: Page, code: string): Locator => main(page).getByLabel(en.step.codeSpelled(code), { exact: true }),
  emojiShown: (page: Page, network: string) => onScreen(page, en.step.emojiTitle(network)),
  /** Whatever it is called: by its name, or as the character it is. */
  emoji: (page: Page): Locator => main(page).getByRole('img', { name: en.step.emojiAlt('') }),
  waitShown: (page: Page, network: string) => onScreen(page, en.step.waitTitle(network)),
  waits: (page: Page, type: keyof typeof en.step.waits): Locator => main(page).getByText(en.step.waits[type][0]),
}

/** A network is connected. */
export const done = {
  shown: (page: Page, network: string) => onScreen(page, en.connection.doneTitle(network)),
  /** The account was there before. */
  shownAgain: (page: Page, network: string) => onScreen(page, en.connection.knownTitle(network)),
  fellOff: (page: Page, network: string) => onScreen(page, en.connection.fellOffTitle(network)),
  /** Who was connected. */
  owner: (page: Page): Locator => page.getByRole('region', { name: en.connection.owner }),
  watch: (page: Page, status: keyof typeof en.connection.watch): Locator =>
    page.getByRole('status').getByText(en.connection.watch[status]),
  another: (page: Page) => button(page, en.connection.another).click(),
  /** To Home. */
  finish: (page: Page) => button(page, en.connect.done).click(),
}

/** A sign-in did not come to its end. */
export const failed = {
  shown: (page: Page, network: string) => onScreen(page, en.connection.failedTitle(network)),
  again: (page: Page): Locator => button(page, en.connection.again),
  /** Back to the catalogue. */
  chooseOther: (page: Page) => button(page, en.step.chooseOther).click(),
}

export const interrupted = {
  shown: (page: Page, network: string) => onScreen(page, en.connection.interruptedTitle(network)),
  again: (page: Page) => button(page, en.connection.startAgain).click(),
  notNow: (page: Page) => button(page, en.connection.notNow).click(),
}

/** The list of sign-ins that go on beside the screen. */
export const running = {
  list: (page: Page): Locator => page.getByRole('region', { name: en.running.label }),
  one: (page: Page, network: string, state: keyof typeof en.running.states): Locator =>
    button(page, en.running.open(network, en.running.states[state])),
  putAway: (page: Page, network: string): Locator => button(page, en.running.putAway(network)),
}

/** Leaving a sign-in that is under way; from a screen where nothing can be lost nobody is asked. */
export const leaving = {
  begin: (page: Page) => button(page, en.connection.leave).click(),
  asks: (page: Page, network: string): Locator => page.getByRole('dialog', { name: en.running.leaving.title(network) }),
  stop: (page: Page) => button(page, en.running.leaving.stop).click(),
  keep: (page: Page) => button(page, en.running.leaving.keep).click(),
  stay: (page: Page) => button(page, en.running.leaving.stay).click(),
  /** Gives a step up for good, by way of the question. */
  async forGood(page: Page, network: string) {
    await leaving.begin(page)
    await expect(leaving.asks(page, network)).toHaveCount(1)
    await leaving.stop(page)
    await catalogue.shown(page)
  },
}
