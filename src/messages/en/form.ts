// Words of the forms that networks ask to be filled in, and of the values that a sign-in on a website leaves behind.
import type { CookieField } from '#contract/beeper/login'
import { isolate, list, plural } from '../format.ts'

const kinds: Readonly<Record<CookieField['kind'], string>> = {
  cookie: 'Cookie',
  header: 'Request header',
  local_storage: 'Local storage',
  other: 'Set by the page itself',
}

/** Where a browser shows them. */
const places: Readonly<Record<CookieField['kind'], string>> = {
  cookie: 'Cookies: under “Application” (Firefox and Safari: “Storage”), open “Cookies” and choose the website.',
  header:
    'Request headers: under “Network”, load the page once more, choose a request, and look for “Request headers”.',
  local_storage:
    'Local storage: under “Application” (Firefox and Safari: “Storage”), open “Local storage” and choose the website.',
  other: 'What the page itself sets often can’t be found by hand. Take another way if you don’t find it.',
}

export const form = {
  form: {
    /** Where the network itself does not say what to do. */
    leads: {
      phone: (network: string) => `Type the phone number of your ${isolate(network)} account.`,
      code: (network: string) => `Type the code that ${isolate(network)} gave you.`,
      password: (network: string) => `Type the password of your ${isolate(network)} account.`,
      other: (network: string) => `${isolate(network)} needs this to sign you in.`,
    },
    submit: 'Continue',
    submitting: 'Sending…',
    needed: 'This one is needed.',
    optional: 'optional',
    showSecret: 'Show what I type',
    rejectedTitle: 'That was not accepted',
    rejected: 'Check what you typed and try once more.',
    /** At the field itself, where the network says no more than no. */
    rejectedHere: 'That was not accepted. Check it and try once more.',
    rejectedChoice: 'Choose once more, or take another one.',
    unfit: (network: string) => `That does not look the way ${isolate(network)} wants it.`,
    unfitTitle: 'Some fields need another look',
    sendAnyway: 'Send it anyway',
    choose: 'Choose one',
    none: 'None',
    skip: 'Continue without choosing',
    pictureAlt: (network: string, name: string) =>
      name === '' ? `Picture from ${isolate(network)}` : `Picture from ${isolate(network)}: ${isolate(name)}`,
    soundLabel: (network: string, name: string) =>
      name === '' ? `Sound from ${isolate(network)}` : `Sound from ${isolate(network)}: ${isolate(name)}`,
    pictureBroken: 'The picture can’t be shown. Go back and start over to get another one.',
    enlarge: 'Make the picture larger',
    phone: {
      country: 'Country',
      noCountry: 'Another country',
      named: (name: string, callingCode: string) => `${name} (+${callingCode})`,
      sentAs: (number: string) => `Will be sent as ${number}`,
      incomplete: (typed: string) =>
        `This does not look like a whole number of that country. Check both, or send it as it is: ${isolate(typed)}`,
      sendAsItIs: 'Send it as it is',
    },
  },
  cookies: {
    lead: (network: string, hasOthers: boolean) =>
      hasOthers
        ? `${isolate(network)} signs you in on its website, and Drawbridge can’t show that website yet. Another way is simpler.`
        : `${isolate(network)} signs you in on its website, and Drawbridge can’t show that website yet.`,
    inBeeper: (network: string) =>
      `You can finish this one in Beeper: add ${isolate(network)} there, and it shows here as connected by itself.`,
    byHand: 'Or do it by hand',
    steps: (network: string) => [
      `Sign in to ${isolate(network)} on its website, then copy these values.`,
      'Paste them below. Nothing is sent before you press Continue.',
    ],
    open: (host: string) => `Open ${host}`,
    howTo: 'How to find these values',
    tools:
      'On that page, open the developer tools of your browser: F12, or ⌥⌘I on a Mac. Safari has to show them first.',
    places,
    atOnce:
      'A whole “Cookie” header, or what your browser exports, can be pasted into any field: each value goes to its place.',
    warningTitle: 'These values are as good as your password',
    warning: 'Whoever has them is signed in as you. Never give them to anybody else, whoever asks.',
    kinds,
    filled: (count: number, total: number) => `${String(count)} of ${String(total)} filled in.`,
    missing: (names: readonly string[]) => `Still missing: ${list('en', names.map(isolate))}.`,
    complete: 'All values are there.',
    sendWithout: 'Send without them',
    withoutTitle: (count: number) =>
      plural('en', count, { one: 'Send without # value?', other: 'Send without # values?' }),
    withoutText: (network: string) =>
      `${isolate(network)} may do without them. If it needs them, the sign-in ends and you start over.`,
    withoutNo: 'Go back',
  },
}
