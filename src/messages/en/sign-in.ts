// Words of the screens that sign a person in.
import type { ScreenOf } from '#contract/view'
import { duration, isolate } from '../format.ts'

interface Ask {
  readonly title: string
  readonly lead: (beeper: string) => string
  readonly points: readonly string[]
}

const canTakeBack = 'You can take the permission back in Beeper at any time.'

const first: Ask = {
  title: 'Let Drawbridge in',
  lead: (name) => `${isolate(name)} is signed in already. It only needs your permission, given once in the browser.`,
  points: ['No password, no new account.', canTakeBack],
}

/** Where there was a permission before, or is one still. */
const again: Readonly<Record<Exclude<ScreenOf<'authorise'>['reason'], 'first'>, Ask>> = {
  expired: {
    title: 'Your permission has run out',
    lead: (name) => `Drawbridge may no longer use ${isolate(name)}. Give your permission again, in the browser.`,
    points: ['Beeper itself is still signed in.', 'Your chats and networks stay as they are.'],
  },
  scope: {
    title: 'Drawbridge needs more permission',
    lead: (name) =>
      `So far it may look at ${isolate(name)}, but not change anything. Securing messages and connecting chats needs both.`,
    points: ['On the page that opens, allow reading and writing.', canTakeBack],
  },
  expiring: {
    title: 'Renew your permission',
    lead: (name) =>
      `Your permission for ${isolate(name)} runs out soon. Give it again in the browser, and nothing stops.`,
    points: ['Until then everything goes on as it is.', canTakeBack],
  },
}

export const signIn = {
  email: {
    title: 'What’s your email?',
    lead: 'Beeper sends you a code, so there is no password to remember. It works the same with or without an account.',
    label: 'Email address',
    placeholder: 'you@example.com',
    needsAt: 'An email address has an @ in the middle.',
    submit: 'Continue',
    sending: 'Sending the code…',
  },
  code: {
    title: 'Check your email',
    lead: (email: string) => `A code is on its way to ${isolate(email)}. It can take a minute.`,
    label: 'Code from the email',
    hint: 'You can paste it. Spaces and dashes don’t matter.',
    submit: 'Continue',
    checking: 'Checking the code…',
    resend: 'Send a new code',
    resendIn: (ms: number) => `Send a new code in ${duration('en', ms)}`,
    resending: 'Sending a new code…',
    onlyNewest: 'A new code is on its way. Only the newest code counts.',
    changeAddress: 'Use another email address',
    notThere: 'Nothing there? Look in your spam folder.',
  },
  register: {
    title: 'Choose your username',
    lead: 'This is your name on Beeper, and how people find you there.',
    label: 'Username',
    format: 'Small letters, digits, and _ - . are fine.',
    formatOdd: 'This may not be accepted: usernames use small letters, digits, and _ - . only.',
    previewLabel: 'Your address will be',
    suggestions: 'Free right now',
    suggestion: (name: string) => `Use ${isolate(name)}`,
    accept: 'I accept the terms of use and the privacy policy',
    acceptNeeded: 'Tick the box first, then you can go on.',
    usernameNeeded: 'Type a username first.',
    terms: 'Terms of use',
    privacy: 'Privacy policy',
    submit: 'Create account',
    creating: 'Creating your account…',
  },
  authorise: {
    ...first,
    again,
    open: 'Open the browser',
    waitingTitle: 'Say yes in your browser',
    waitingLead: 'A page has opened there. Drawbridge goes on as soon as you have answered.',
    waiting: 'Waiting for your answer in the browser…',
    waitingSlow: 'Still waiting. If you closed the page or can’t find it, open it once more.',
    openAgain: 'Open the page again',
    finishingTitle: 'Almost there',
    finishingLead: 'Beeper has your answer.',
    finishing: 'Finishing…',
    finishingSlow: 'Beeper is still getting ready. This can take a little while.',
    cancel: 'Cancel',
    notNow: 'Not now',
    chooseOther: 'Choose another Beeper',
  },
  token: {
    fold: 'Paste a token instead',
    steps: [
      'In Beeper, open Settings, then Integrations.',
      'Under Approved connections, add one that allows reading and writing.',
      'Copy its token and paste it here.',
    ],
    label: 'Token',
    hint: 'It lets Drawbridge in like a password, so it is hidden here.',
    needed: 'Paste the token first.',
    submit: 'Use this token',
    checking: 'Checking the token…',
  },
}
