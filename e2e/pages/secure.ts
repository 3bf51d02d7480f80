// The screens of Secure messages and what of them is elsewhere: cards of other devices, details, the reminder on Home.
import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { en } from '#messages/en'
import type { Peer } from '#contract/view-security'
import { button, onScreen } from './screens.ts'

const words = en.verification

/** The doors. */
export const verify = {
  shown: (page: Page) => onScreen(page, en.verify.title),
  askDevice: (page: Page) => button(page, en.verify.device).click(),
  useKey: (page: Page) => button(page, en.verify.key).click(),
  neither: (page: Page) => button(page, en.verify.neither).click(),
}

/** The doors beside a verification. */
export const otherDoors = {
  key: (page: Page): Locator => button(page, en.otherDoors.key),
  neither: (page: Page): Locator => button(page, en.otherDoors.neither),
}

type Why = keyof typeof words.ended.reasons

export const verification = {
  /** The other devices have been asked, and none has answered. */
  async asking(page: Page) {
    await onScreen(page, words.asking.title)
    await expect(page.getByText(words.asking.outgoing)).toBeVisible()
  },
  incoming: (page: Page) => onScreen(page, words.incoming.title),
  stranger: (page: Page) => onScreen(page, words.incoming.strangerTitle),
  choosing: (page: Page) => onScreen(page, words.choosing.title),
  noWay: (page: Page) => onScreen(page, words.choosing.none),
  comparing: (page: Page) => onScreen(page, words.comparing.title),
  scanned: (page: Page) => onScreen(page, words.scanned.title),
  read: (page: Page) => onScreen(page, words.read.title),
  settling: (page: Page) => onScreen(page, words.settling.title),
  done: (page: Page) => onScreen(page, words.done.title),
  ended: (page: Page, why: Why) => onScreen(page, words.ended.reasons[why].title),
  unknown: (page: Page) => onScreen(page, words.unknown.title),
  compare: (page: Page) => button(page, words.choosing.compare).click(),
  code: (page: Page): Locator => page.getByRole('img', { name: words.choosing.qrAlt }),
  /** What the pictures are called, in order. */
  names: (page: Page): Promise<string[]> =>
    page.getByRole('list', { name: words.comparing.pictures }).getByRole('listitem').allInnerTexts(),
  async numbers(page: Page): Promise<readonly string[]> {
    await page.getByText(words.comparing.numbersFold, { exact: true }).click()
    return page.getByRole('list', { name: words.comparing.numbers }).getByRole('listitem').allInnerTexts()
  },
  match: (page: Page): Locator => button(page, words.comparing.match),
  differ: (page: Page): Locator => button(page, words.comparing.differ),
  waits: (page: Page, peer: Peer): Locator => page.getByRole('status').getByText(words.comparing.waiting(peer)),
  didWork: (page: Page): Locator => button(page, words.scanned.yes),
  didNotWork: (page: Page): Locator => button(page, words.scanned.no),
  cancel: (page: Page) => button(page, words.cancel).click(),
  again: (page: Page): Locator => button(page, words.ended.again),
  close: (page: Page): Locator => button(page, words.ended.close),
}

export const scanner = {
  async open(page: Page) {
    await button(page, words.choosing.scan).click()
    await onScreen(page, words.scanner.title)
  },
  shown: (page: Page) => onScreen(page, words.scanner.title),
  back: (page: Page) => button(page, words.scanner.back).click(),
  video: (page: Page): Locator => page.getByLabel(words.scanner.video),
  async choose(page: Page, file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }) {
    const [dialog] = await Promise.all([page.waitForEvent('filechooser'), button(page, words.scanner.choose).click()])
    await dialog.setFiles(file)
  },
  /** Lets go of a file over the window, as the desktop's own drag and drop ends. */
  drop: (page: Page, png: Buffer) =>
    page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([bytes], 'code.png', { type: 'image/png' }))
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    }, png.toString('base64')),
  async useText(page: Page, text: string) {
    const field = page.getByLabel(words.scanner.textLabel)
    if (!(await field.isVisible())) await page.getByText(words.scanner.textFold, { exact: true }).click()
    await field.fill(text)
    await button(page, words.scanner.textSend).click()
  },
  again: (page: Page) => button(page, words.scanner.again).click(),
}

/** The cards of other devices. */
export const requests = {
  all: (page: Page): Locator => page.getByRole('region', { name: en.requests.label }).getByRole('article'),
  card: (page: Page, text: string | RegExp): Locator => requests.all(page).filter({ hasText: text }),
  accept: (card: Locator): Locator => card.getByRole('button', { name: /^Accept/u }),
  notMe: (card: Locator): Locator => card.getByRole('button', { name: /^Not me/u }),
  goOn: (card: Locator): Locator => card.getByRole('button', { name: /^Continue/u }),
}

/** The field for a key that exists, on the screens that ask for it. */
export const keyEntry = {
  field: (page: Page): Locator => page.getByLabel(en.keyEntry.label, { exact: true }),
  submit: (page: Page) => button(page, en.keyEntry.submit).click(),
  sendAnyway: (page: Page): Locator => button(page, en.keyEntry.sendAnyway),
  async send(page: Page, typed: string) {
    await keyEntry.field(page).fill(typed)
    await keyEntry.submit(page)
  },
}

export const unlock = {
  shown: (page: Page) => onScreen(page, en.unlock.title),
  back: (page: Page) => button(page, en.unlock.back).click(),
  async open(page: Page) {
    await verify.useKey(page)
    await unlock.shown(page)
  },
}

export const secrets = {
  shown: (page: Page) => onScreen(page, en.secrets.title),
  askDevice: (page: Page) => button(page, en.secrets.otherDevice).click(),
}

const key = en.recoveryKey

/** A new key where another one may be in force, up to where it is shown. */
export const newKey = {
  shown: (page: Page, reason: 'reset' | 'backup' = 'reset') => onScreen(page, key.costs[reason].title),
  costs: (page: Page): Locator => page.getByRole('checkbox'),
  async acceptAll(page: Page) {
    for (const cost of await newKey.costs(page).all()) await cost.check()
  },
  create: (page: Page): Locator => button(page, key.createNew),
  async make(page: Page) {
    await newKey.acceptAll(page)
    await newKey.create(page).click()
    await onScreen(page, key.showTitle)
  },
  leave: (page: Page, reason: 'reset' | 'backup' = 'reset'): Locator => button(page, key.costs[reason].leave),
  /** The question before a key is left behind. */
  leaving: (page: Page): Locator => page.getByRole('dialog', { name: key.leaveTitle }),
}

export const details = {
  async open(page: Page) {
    const fold = page.getByText(en.encryption.fold, { exact: true })
    await fold.click()
    await expect(page.getByText(en.encryption.lead)).toBeVisible()
  },
  /** What it says of each, by name: `Yes`, `No`, or a value. */
  says: (page: Page): Promise<Record<string, string>> =>
    page
      .getByRole('main')
      .locator('dl > div')
      .evaluateAll((rows) =>
        Object.fromEntries(
          rows.map((row) => [
            row.querySelector('dt')?.textContent.trim() ?? '',
            row.querySelector('dd')?.textContent.trim() ?? '',
          ]),
        ),
      ),
}

export const preparing = {
  shown: (page: Page) => onScreen(page, en.preparing.title),
  unknown: (page: Page) => onScreen(page, en.preparing.unknownTitle),
}
