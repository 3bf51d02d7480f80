// Stretches of road that the journeys of Secure messages share. Ada has been with Beeper for a while, and this computer is new.
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import type { Peer } from '#contract/view-security'
import type { Snapshot } from '#simulator/control/snapshot'
import type { Call } from '#simulator/traffic'
import { firstSync, home } from '../pages/screens.ts'
import { verification, verify } from '../pages/secure.ts'
import type { Desk, Started } from '../rig/desk.ts'
import type { Beeper } from '../rig/test.ts'

export const security = { tag: '@security' }

const ada = '@ada:beeper.com'
export const phone: Peer = { userID: ada, deviceID: 'ADAPHONE01', deviceName: 'Ada’s phone', isOwn: true }
export const tablet: Peer = { userID: ada, deviceID: 'ADATABLET1', deviceName: 'Ada’s tablet', isOwn: true }
/** Of another account. */
export const stranger: Peer = {
  userID: '@stranger:example.org',
  deviceID: 'STRANGER01',
  deviceName: 'Ada’s phone (new)',
  isOwn: false,
}

/** Starts the app as somebody does who signed in earlier. @param args further arguments */
export async function signedIn(desk: Desk, beeper: Beeper, ...args: readonly string[]): Promise<Started> {
  await desk.rememberSignIn(beeper.origin, await beeper.control.token({ source: 'account' }))
  return desk.start(...args)
}

export const count = async (beeper: Beeper, operation: Call['operationID']): Promise<number> =>
  (await beeper.control.calls(operation)).length

/** The newest verification, as both sides have it. */
export async function newest(beeper: Beeper): Promise<Snapshot['verifications'][number]> {
  const found = (await beeper.control.snapshot()).verifications.at(-1)
  if (found === undefined) throw new Error('there is no verification')
  return found
}

/** From the doors to two devices that may choose how to compare. */
export async function toChoosing(window: Page, beeper: Beeper): Promise<void> {
  await verify.askDevice(window)
  await verification.asking(window)
  await beeper.control.verification('accept')
  await verification.choosing(window)
}

/** From the doors to the pictures. */
export async function toComparing(window: Page, beeper: Beeper): Promise<void> {
  await toChoosing(window, beeper)
  await verification.compare(window)
  await verification.comparing(window)
}

/** From what opened the messages to Home, by what the server says and nothing else. */
export async function throughFirstSync(window: Page, beeper: Beeper): Promise<void> {
  await firstSync.shown(window)
  await beeper.control.step(4_000)
  await home.says(window, 'ready')
  expect((await beeper.control.snapshot()).state).toBe('ready')
}

/** What the app has noted of new keys whose confirmation is not known to have counted. */
export const notedKeys = (desk: Desk): readonly unknown[] => {
  const { newKeys = [] } = desk.settings().progress as { readonly newKeys?: readonly unknown[] }
  return newKeys
}
