// How the other side of a verification is called in a sentence.
import type { Peer } from '#contract/view-security'
import { isolate } from '../format.ts'

/**
 * A name or ID on which somebody decides: marks that turn the direction of letters are shown as such, because with them
 * `moc.repeeb:ada` could be made to look like one's own account.
 * @param text as the server has it
 */
export const plainly = (text: string): string => text.trim().replace(/[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')

/** The device, in the middle of a sentence; a text that begins with it would run the way that its name does. */
export const device = ({ deviceName, deviceID, isOwn }: Peer): string => {
  const name = plainly(deviceName) || plainly(deviceID)
  if (name !== '') return `“${isolate(name)}”`
  return isOwn ? 'your other device' : 'the other device'
}
/** A sentence with its first letter as a sentence has it. */
export const begun = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)

/** The person, in the middle of a sentence. */
export const who = ({ userID }: Peer): string => isolate(plainly(userID)) || 'the other person'
