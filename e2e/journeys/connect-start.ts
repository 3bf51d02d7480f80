// Where the journeys of connecting chats begin, and what they count at the server.
import type { Call } from '#simulator/traffic'
import { en } from '#messages/en'
import { catalogue, ways } from '../pages/connect.ts'
import { button } from '../pages/screens.ts'
import type { Desk, Started } from '../rig/desk.ts'
import type { Beeper } from '../rig/test.ts'
import { signedIn } from './security-roads.ts'
import type { Page } from '@playwright/test'

/** Starts the app as somebody does who signed in earlier, and goes to the list of networks. */
export async function toCatalogue(desk: Desk, beeper: Beeper): Promise<Started> {
  const started = await signedIn(desk, beeper)
  await button(started.window, en.home.add).click()
  await catalogue.shown(started.window)
  return started
}

/** Connects a network from the list, with or without a choice of ways. @param way its name */
export async function connect(window: Page, network: string, way?: string): Promise<void> {
  await catalogue.add(window, network).or(catalogue.addAnother(window, network)).click()
  if (way === undefined) return
  await ways.shown(window, network)
  await ways.way(window, way).click()
}

const counted = async ({ control }: Beeper, operation: Call['operationID']): Promise<number> =>
  (await control.calls(operation)).length

/** How many sign-ins were begun at networks. */
export const creates = (beeper: Beeper): Promise<number> => counted(beeper, 'createLoginSession')

/** How many steps were handed in, waits among them. */
export const submits = (beeper: Beeper): Promise<number> => counted(beeper, 'submitLoginStep')

export const cancels = (beeper: Beeper): Promise<number> => counted(beeper, 'cancelLoginSession')
