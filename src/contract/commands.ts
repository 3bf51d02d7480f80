// The table of commands between window and main: a decoder of the input for each, and the type of the answer where a
// command answers more than "taken". Preload API, handlers and the test double follow from it.
import { z } from 'zod'
import type { CommandName } from './command-names.ts'
import type { PublishedView } from './view.ts'

const nothing = z.undefined()
const id = z.string().min(1).max(512)
/** Typed by a person; long enough for anything they mean, short enough to refuse a paste of the wrong thing. */
const typed = z.string().max(4000)
const recoveryKey = z.string().min(1).max(200)
/** As a person types it: with spaces, dashes and line breaks. */
const typedKey = z.string().min(1).max(400)
const origin = z.string().min(1).max(300)
const fields = z.record(z.string().max(256), typed)
const verificationID = z.strictObject({ verificationID: id })

export const place = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('go-on') }),
  z.strictObject({ at: z.literal('find') }),
  z.strictObject({ at: z.literal('connect') }),
  z.strictObject({ at: z.literal('connection'), connectionID: id }),
  z.strictObject({ at: z.literal('home') }),
  z.strictObject({ at: z.literal('settings') }),
])

export const commands = {
  /** The current View; asked once by a window that has begun to listen. */
  'app.view': nothing,
  'app.go': place,
  /** Opens the demo's phone. */
  'app.openPhone': nothing,
  /** Opens a page of the fixed list in the browser. */
  'app.openPage': z.enum(['terms', 'privacy', 'download', 'help']),
  /** Reads a picture that the View names, as a `data:` URL. */
  'app.picture': z.strictObject({ url: z.string().min(1).max(4000) }),
  'app.quit': nothing,
  /** Whether the window is kept out of screenshots while a key or code shows (ONE-4). */
  'app.protectContent': z.strictObject({ isOn: z.boolean() }),
  /** Goes on with a server of the list, by origin. */
  'find.use': z.strictObject({ origin }),
  /** Goes on with a server by the address that the person typed; one on another computer waits for `find.allow`. */
  'find.useAddress': z.strictObject({ address: typed }),
  /** The yes to another computer, given once for an origin. */
  'find.allow': z.strictObject({ origin }),
  'find.refuse': nothing,
  /** Looks at once, instead of when the next look is due. */
  'find.lookAgain': nothing,
  /** Gives a remembered server a name; an empty one gives back the server's own. */
  'find.rename': z.strictObject({ origin, name: z.string().max(60) }),
  /** Forgets a remembered server and the sign-in that is kept for it. */
  'find.forget': z.strictObject({ origin }),
  'find.startDemo': nothing,
  /** Back to the list of servers; ends the demo. */
  'find.leave': nothing,
  /** Sends a mail with a code, also a further one. */
  'account.sendCode': z.strictObject({ email: z.string().min(1).max(320) }),
  'account.submitCode': z.strictObject({ code: z.string().min(1).max(64) }),
  'account.changeAddress': nothing,
  'account.register': z.strictObject({ username: z.string().min(1).max(255), acceptTerms: z.literal(true) }),
  /** Opens the consent page in the browser, also a second time. */
  'account.authorise': nothing,
  /** Gives up the page in the browser, or puts off a renewal. */
  'account.cancelAuthorise': nothing,
  /** Signs in with a token that the person made in Beeper; it is checked before it is kept. */
  'account.useToken': z.strictObject({ token: typed.min(1) }),
  /** Reads the server's state once more, after the person did something there. */
  'account.checkAgain': nothing,
  'account.retryKeychain': nothing,
  'account.keepForThisRun': nothing,
  /** Moves a sign-in that is kept for this run into the keychain. */
  'account.keepInKeychain': nothing,
  /** Ends the sign-in of this app; `revoke` also takes it back at the server. */
  'account.signOut': z.strictObject({ revoke: z.boolean() }),
  'account.signInAgain': nothing,
  /** Reads the server's state at once, instead of when the next reading is due. */
  'security.checkAgain': nothing,
  /** Goes to one of the ways to make messages safe: all of them, the recovery key, or a new key. */
  'security.openDoor': z.strictObject({ door: z.enum(['choose', 'key', 'new-key']) }),
  /** Asks the person's other devices to verify this one; goes on with one that is alive instead of opening a second. */
  'security.requestVerification': nothing,
  /** Puts a verification on the screen that goes on beside it. */
  'security.showVerification': verificationID,
  /** The person's yes to a request of another device. */
  'security.acceptVerification': verificationID,
  'security.startEmoji': verificationID,
  /** "They match", said of exactly these pictures or numbers. */
  'security.confirmEmoji': z.strictObject({ verificationID: id, emojis: z.array(z.string().max(16)).max(16) }),
  /** The other device says that it has read our code. */
  'security.confirmScanned': verificationID,
  /** Opens or closes the scanner; the window may use a camera only while it is open. */
  'security.scanner': z.strictObject({ isOpen: z.boolean() }),
  /** What was read off the other device: one character a byte where it came from a picture, or text as it was pasted. */
  'security.scanCode': z.strictObject({ data: z.string().min(1).max(4000) }),
  /** Ends one on both sides. */
  'security.cancelVerification': z.strictObject({
    verificationID: id,
    why: z.enum(['cancelled', 'not-me', 'mismatch', 'not-scanned']),
  }),
  /** Puts away one that has ended, or goes on without waiting for it. */
  'security.leaveVerification': nothing,
  /**
   * Makes a new key and answers it, once. `acceptLoss` is the person's ticks; without it nothing is made where a key may be
   * in force.
   */
  'security.createRecoveryKey': z.strictObject({ acceptLoss: z.boolean(), existingRecoveryKey: typedKey.optional() }),
  'security.copyRecoveryKey': z.strictObject({ recoveryKey }),
  /** Asks where to save, and answers whether it was saved. */
  'security.saveRecoveryKey': z.strictObject({ recoveryKey }),
  /** Prints the page as it is at this moment, with the system's dialog; answers whether it was printed. */
  'security.printRecoveryKey': nothing,
  /** Adopts the key; `typedGroup` is group number `group` (from 0) as the person retyped it from their copy. */
  'security.confirmRecoveryKey': z.strictObject({
    recoveryKey,
    group: z.int().min(0).max(31),
    typedGroup: z.string().max(16),
  }),
  /** Gives up a new key before it counts. */
  'security.leaveRecoveryKey': nothing,
  /** Opens messages with the key; `isSure`: send it although it does not look like one. */
  'security.unlock': z.strictObject({ recoveryKey: typedKey, isSure: z.boolean() }),
  /** Puts away the reminder that no recovery key is kept. */
  'security.dismissReminder': nothing,
  'networks.refresh': nothing,
  /** Starts connecting a network, or returns to the connection that is under way. */
  'connect.open': z.strictObject({ bridgeID: id }),
  /** Takes a way to sign in; another one than the one under way gives that one up. */
  'connect.choose': z.strictObject({ connectionID: id, flowID: id }),
  /** Sends what a form or sign-in asks for, by field ID; `isSure`: also what does not look as the network wants it. */
  'connect.submit': z.strictObject({ connectionID: id, fields, isSure: z.boolean() }),
  /** What was typed so far, without secrets, so that nothing of it is lost when the person looks elsewhere. */
  'connect.keep': z.strictObject({ connectionID: id, fields }),
  /** Opens a link of the texts that the connection shows, after the person has seen where it leads. */
  'connect.openLink': z.strictObject({ connectionID: id, url: z.string().min(1).max(4000) }),
  /** Leaves a connection; what is under way is cancelled. */
  'connect.leave': z.strictObject({ connectionID: id }),
  /** Starts over with the same flow. */
  'connect.again': z.strictObject({ connectionID: id }),
} as const satisfies Record<CommandName, z.ZodType>

/** Commands that answer a value. All others answer nothing: their outcome arrives as state. */
interface Answers {
  'app.view': PublishedView
  'app.picture': { readonly dataURL: string }
  'security.createRecoveryKey': { readonly recoveryKey: string }
  'security.saveRecoveryKey': { readonly isSaved: boolean }
  'security.printRecoveryKey': { readonly isPrinted: boolean }
}

export type InputOf<Name extends CommandName> = z.output<(typeof commands)[Name]>
export type AnswerOf<Name extends CommandName> = Name extends keyof Answers ? Answers[Name] : undefined
