// What each problem is called, and what to do about it. The compiler counts: a code without words does not build.
import type { ProblemCode } from '#contract/problem'
import { beeperProblems } from './problems-beeper.ts'
import type { ProblemWords } from './problem-words.ts'

const again = 'Try again'

export const problems: Readonly<Record<ProblemCode, ProblemWords>> = {
  ...beeperProblems,

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
    explanation: 'Your address is still there: go on, and Beeper sends you a new code.',
    action: 'Start again',
  },
  'account.sign-in-unavailable': {
    title: 'Beeper doesn’t let you sign in from here.',
    explanation: 'Sign in inside Beeper, then come back.',
    action: 'Check again',
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
  'account.client-outdated': {
    title: 'Beeper asks for a newer version.',
    explanation: 'Get the new version of Beeper, then come back here.',
    action: 'Get the new version',
  },
  'account.permission-expired': {
    title: 'Your permission has run out.',
    explanation: 'Give it again in the browser, it takes a minute.',
    action: 'Open the browser',
  },
  'account.token-unusable': {
    title: 'Beeper does not accept this token.',
    explanation: 'Make a new one in Beeper, and copy all of it.',
    action: again,
  },
  'account.token-read-only': {
    title: 'This token may read, but not change anything.',
    explanation: 'Make one in Beeper that allows reading and writing.',
    action: again,
  },
  'account.not-revoked': {
    title: 'Drawbridge has forgotten its sign-in, but Beeper still lists it.',
    explanation: 'Take it back in Beeper, under Settings, Integrations, Approved connections.',
    action: again,
  },
  'account.not-forgotten': {
    title: 'The keychain did not let go of your sign-in.',
    explanation: 'Unlock it, then sign out once more. You are still signed in.',
    action: again,
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
  'security.old-key-refused': {
    title: 'That is not the old recovery key.',
    explanation: 'Check it against your copy, or go on without it.',
    action: again,
  },
  'security.new-key-refused': {
    title: 'Beeper did not take the new key.',
    explanation: 'Nothing has changed. Create another one, and throw away your copy of this one.',
    action: 'Create a new key',
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
  'security.print-failed': {
    title: 'The key could not be printed.',
    explanation: 'Check the printer, or save the key to a file instead.',
    action: 'Print',
  },
  'security.nothing-to-verify-with': {
    title: 'Beeper knows no other device to ask.',
    explanation: 'Sign in to Beeper on your phone first, or use your recovery key.',
    action: again,
  },
  'security.code-not-read': {
    title: 'Beeper does not know that code.',
    explanation: 'Codes change: show a fresh one on the other device, then scan again.',
    action: 'Scan again',
  },
  'security.verification-gone': {
    title: 'This comparison has ended.',
    explanation: 'It took too long, or Beeper was restarted. Nothing has changed. Ask again.',
    action: again,
  },
  'security.too-late': {
    title: 'Things have moved on meanwhile.',
    explanation: 'Look again at what is on the screen, and answer that.',
    action: again,
  },

  'connect.gone': {
    title: 'This sign-in has ended.',
    explanation: 'It was open for too long, was finished elsewhere, or Beeper was restarted. Start over.',
    action: 'Start over',
  },
  'connect.unheard': {
    title: 'The answer got lost on the way.',
    explanation:
      'Beeper still asks for this, and nothing was sent twice. Check what you typed, then send it once more.',
    action: again,
  },
  'connect.not-taken': {
    title: 'That was not accepted.',
    explanation: 'Check what you typed and try once more.',
    action: again,
  },
  'connect.refused': {
    title: 'The network refused the sign-in.',
    explanation: 'Read what it says, then start over.',
    action: 'Start over',
  },
  'connect.cancelled': {
    title: 'The sign-in was called off.',
    explanation: 'It was cancelled, here or on the phone. Start over when you like.',
    action: 'Start over',
  },
  'connect.timed-out': {
    title: 'Nothing happened in time.',
    explanation: 'The network closed the sign-in. Have your phone at hand and start over.',
    action: 'Start over',
  },
  'connect.limit': {
    title: 'No more accounts of this network are possible.',
    explanation: 'Remove one in Beeper first, then connect this one.',
    action: 'Start over',
  },
  'connect.no-flows': {
    title: 'There is no way to sign in to this network here.',
    explanation: 'Open Beeper and add it there.',
    action: 'Choose another network',
  },

  'picture.unusable': {
    title: 'The picture could not be shown.',
    explanation: 'Finish this one in Beeper itself.',
    action: again,
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
