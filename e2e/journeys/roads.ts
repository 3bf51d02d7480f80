// Stretches of road that several journeys share.
import type { Page } from '@playwright/test'
import { code, email, find, recoveryKey, register } from '../pages/screens.ts'
import type { Beeper } from '../rig/test.ts'

export const address = 'sam@example.com'
/** Of somebody who has an account. */
export const knownAddress = 'ada@example.com'

/** From Find Beeper to the question for a code. */
export async function toCode(window: Page, to: string): Promise<void> {
  await find.useFirst(window)
  await email.shown(window)
  await email.send(window, to)
  await code.shown(window)
}

/** From the question for an address to the screen that asks for a recovery key. */
export async function finishNewAccount(window: Page, beeper: Pick<Beeper, 'control'>): Promise<void> {
  await email.send(window, address)
  await code.shown(window)
  await code.enter(window, await beeper.control.newestCode(address))
  await register.shown(window)
  await register.submit(window, 'sam')
  await recoveryKey.shown(window)
}

/** From Find Beeper to the form of a new account. */
export async function toRegistration(window: Page, beeper: Beeper): Promise<void> {
  await toCode(window, address)
  await code.enter(window, await beeper.control.newestCode(address))
  await register.shown(window)
}

/** From Find Beeper to the screen that asks for a recovery key. */
export async function toRecoveryKey(window: Page, beeper: Beeper): Promise<void> {
  await toRegistration(window, beeper)
  await register.submit(window, 'sam')
  await recoveryKey.shown(window)
}

/** Makes the key, writes it down, proves it. */
export async function throughRecoveryKey(window: Page): Promise<readonly string[]> {
  await recoveryKey.create(window)
  const groups = await recoveryKey.show(window)
  await recoveryKey.prove(window, groups)
  return groups
}
