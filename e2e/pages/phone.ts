// The demo's phone, as a person uses it.
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

export const phone = {
  /** Reads the newest code out of the inbox. */
  async code(page: Page): Promise<string> {
    await page.getByRole('tab', { name: /Mail/u }).click()
    const output = page.getByLabel('Sign-in code').first()
    await expect(output).toBeVisible()
    return output.innerText()
  },
  async openChats(page: Page) {
    await page.getByRole('tab', { name: /Chats/u }).click()
    await expect(page.getByRole('button', { name: 'Scan the code' })).toBeVisible()
  },
  async scan(page: Page) {
    await phone.openChats(page)
    await page.getByRole('button', { name: 'Scan the code' }).click()
  },
}
