// Going about with the keyboard alone: every control is reached by Tab and pressed by Enter or Space.
import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

const mostStops = 60

/** Presses Tab until a control has the focus. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  for (let stop = 0; stop < mostStops; stop++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${control.toString()}`)
}

/** Presses a button. */
export async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: typeof name === 'string' }).first())
  await page.keyboard.press(key)
}
