// What each problem is called, why it happened or what to do, and the words on the one button that does it. The compiler
// counts: a code without words does not build.
import type { ProblemCode } from '#contract/problem'

export interface ProblemWords {
  /** One sentence of what happened. */
  readonly title: string
  /** One sentence of what to do. */
  readonly explanation: string
  /** The button that does it. */
  readonly action: string
}

const again = 'Try again'

export const problems: Readonly<Record<ProblemCode, ProblemWords>> = {
  'beeper.unreachable': {
    title: 'Beeper is not answering.',
    explanation: 'Open Beeper on this computer, then try again.',
    action: again,
  },
  'beeper.timeout': {
    title: 'Beeper took too long to answer.',
    explanation: 'Give it a moment, then try again.',
    action: again,
  },
  'beeper.not-beeper': {
    title: 'Something answered there, but it is not Beeper.',
    explanation: 'Check the address, or pick one from the list.',
    action: 'Choose another Beeper',
  },
  'beeper.too-old': {
    title: 'This Beeper is too old for Drawbridge.',
    explanation: 'Update Beeper, then come back here.',
    action: 'Get the new version',
  },
  'beeper.unreadable': {
    title: 'Beeper’s answer made no sense to Drawbridge.',
    explanation: 'Updating Beeper or Drawbridge usually settles this.',
    action: again,
  },
  'beeper.token-refused': {
    title: 'Your sign-in no longer counts.',
    explanation: 'Sign in once more, it takes a minute.',
    action: 'Sign in again',
  },
  'beeper.missing-scope': {
    title: 'Drawbridge is not allowed to do that.',
    explanation: 'Give it permission again, and leave every box ticked.',
    action: 'Give permission',
  },
  'beeper.not-found': {
    title: 'That is no longer there.',
    explanation: 'It may have been finished or removed elsewhere.',
    action: again,
  },
  'beeper.conflict': {
    title: 'Something changed in the meantime.',
    explanation: 'Look at it as it is now and try again.',
    action: again,
  },
  'beeper.rejected': {
    title: 'Beeper did not accept that.',
    explanation: 'Check what you typed and try once more.',
    action: again,
  },
  'beeper.rate-limited': {
    title: 'That was too often in a short time.',
    explanation: 'Wait a little, then try again.',
    action: again,
  },
  'beeper.upstream': {
    title: 'The chat network is not answering Beeper.',
    explanation: 'It is usually back within minutes.',
    action: again,
  },
  'beeper.fault': {
    title: 'Something went wrong inside Beeper.',
    explanation: 'Trying again often helps. If not, restart Beeper.',
    action: again,
  },
  'beeper.bad-address': {
    title: 'That is not an address Drawbridge can use.',
    explanation: 'It looks like http://127.0.0.1:23373. Another computer needs https.',
    action: again,
  },

  'account.address-refused': {
    title: 'Beeper can’t send mail to that address.',
    explanation: 'Check it for a slip of the finger, or use another one.',
    action: again,
  },
  'account.code-refused': {
    title: 'That code didn’t work.',
    explanation: 'It may be mistyped or too old. Use the newest email, or send a new code.',
    action: again,
  },
  'account.request-gone': {
    title: 'That took too long, so the sign-in was closed.',
    explanation: 'Start again with your email address. You get a new code.',
    action: 'Start again',
  },
  'account.sign-in-unavailable': {
    title: 'Beeper can’t sign anybody in just now.',
    explanation: 'Try again in a few minutes.',
    action: again,
  },
  'account.username-taken': {
    title: 'Somebody else has that username.',
    explanation: 'Try another one, or pick a suggestion.',
    action: again,
  },
  'account.username-refused': {
    title: 'That username is not possible.',
    explanation: 'Use small letters, digits, and _ - . only.',
    action: again,
  },
  'account.consent-refused': {
    title: 'Permission was not given.',
    explanation: 'If that was a slip, open the page again and say yes.',
    action: 'Open the browser',
  },
  'account.consent-timeout': {
    title: 'No answer came from the browser.',
    explanation: 'Open the page again and answer there.',
    action: 'Open the browser',
  },
  'account.consent-failed': {
    title: 'Giving permission did not work.',
    explanation: 'Try it once more.',
    action: 'Open the browser',
  },
  'account.browser-failed': {
    title: 'The browser could not be opened.',
    explanation: 'Check that a default browser is set, then try again.',
    action: 'Open the browser',
  },

  'keychain.missing': {
    title: 'This computer has no keychain that Drawbridge can use.',
    explanation: 'You can go on without keeping your sign-in.',
    action: 'Try the keychain again',
  },
  'keychain.locked': {
    title: 'The keychain is locked.',
    explanation: 'Unlock it with the password of your computer, then try again.',
    action: 'Try the keychain again',
  },
  'keychain.denied': {
    title: 'The keychain was not allowed to open.',
    explanation: 'Try again and choose “Allow” when your computer asks.',
    action: 'Try the keychain again',
  },
  'keychain.mismatch': {
    title: 'What the keychain holds does not fit this Beeper.',
    explanation: 'Sign in again to replace it.',
    action: 'Sign in again',
  },
  'keychain.empty': {
    title: 'Your saved sign-in is gone from the keychain.',
    explanation: 'Sign in again, it takes a minute.',
    action: 'Sign in again',
  },

  'security.not-a-key': {
    title: 'That is not a recovery key yet.',
    explanation: 'Look for a group that is missing or has a letter too many.',
    action: again,
  },
  'security.key-refused': {
    title: 'That key does not open your messages.',
    explanation: 'Check it against your copy. An older key no longer works.',
    action: again,
  },
  'security.copy-not-proved': {
    title: 'That group doesn’t match your key.',
    explanation: 'Count the groups from the start of your copy and type it again.',
    action: again,
  },
  'security.save-failed': {
    title: 'The file could not be saved.',
    explanation: 'Choose another folder, or copy the key instead.',
    action: 'Save to file',
  },

  'connect.gone': {
    title: 'This sign-in has ended.',
    explanation: 'It was open for too long, or was finished elsewhere. Start over.',
    action: 'Start over',
  },
  'connect.refused': {
    title: 'The network refused the sign-in.',
    explanation: 'Read what it says, then start over.',
    action: 'Start over',
  },
  'connect.cancelled': {
    title: 'The sign-in was called off.',
    explanation: 'It was cancelled here or on the phone. Start over when you like.',
    action: 'Start over',
  },
  'connect.timed-out': {
    title: 'Nobody answered in time.',
    explanation: 'Have your phone at hand and start over.',
    action: 'Start over',
  },
  'connect.limit': {
    title: 'You can’t connect more accounts of this network.',
    explanation: 'Remove one in Beeper first, then start over.',
    action: 'Start over',
  },
  'connect.no-flows': {
    title: 'There is no way to sign in to this network here.',
    explanation: 'Try it in Beeper itself.',
    action: 'Back to chats',
  },

  'command.refused': { title: 'Drawbridge could not do that.', explanation: 'Try it once more.', action: again },
  'command.not-now': {
    title: 'That is not possible right now.',
    explanation: 'Something else has to finish first.',
    action: again,
  },
  'demo.failed': { title: 'The demo did not start.', explanation: 'Try it once more.', action: 'Try the demo' },
  unexpected: {
    title: 'Something went wrong in Drawbridge.',
    explanation: 'Nothing of yours is lost. Try again, or restart Drawbridge.',
    action: again,
  },
}
