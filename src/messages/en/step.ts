// Words of the steps of a connection that show something: a code to scan or type, a picture to tap, or nothing at all; and of
// the steps that cannot be shown.
import type { Display } from '#contract/beeper/login'
import { isolate } from '../format.ts'

/** What is waited for: what is displayed, or a page that has to be opened instead. */
type Waits = Display['type'] | 'page'

/** What is waited for, as time passes; each tells a little more of what may hold it up. */
const waits: Readonly<Record<Waits, readonly [now: string, later: string, long: string]>> = {
  qr: [
    'Waiting for your phone to scan it',
    'Does it not scan? Make the code larger, and wipe the lens of the camera.',
    'Still waiting. Look on your phone whether it asks you something.',
  ],
  code: [
    'Waiting for you to type it on your phone',
    'On your phone, look for a notification of the network, or for linked devices in its settings.',
    'Still waiting. Look on your phone whether it says that the code is wrong.',
  ],
  page: [
    'Waiting for you to finish in your browser',
    'Does the page not open? Copy its address into a browser, here or on your phone.',
    'Still waiting. Look on the page whether it asks you something.',
  ],
  emoji: [
    'Waiting for you to tap it on your phone',
    'Does your phone not ask? Open the app there and keep it open.',
    'Still waiting. See that your phone is online, and not saving battery.',
  ],
  nothing: [
    'Waiting for you to finish on your phone',
    'Does your phone not ask? Open the app there and keep it open.',
    'Still waiting. See that your phone is online; look there for a notification.',
  ],
  unsupported: [
    'Waiting, in case you can finish on your phone',
    'If your phone shows you what to do, it goes on here by itself.',
    'Still waiting. You can also take another way.',
  ],
}

const marks: Readonly<Record<string, string>> = {
  '-': 'dash',
  '.': 'dot',
  _: 'underscore',
  '/': 'slash',
  ' ': ',',
}

/** A code as it is read out: each character by itself, and marks by their names. */
const spelled = (code: string): string => Array.from(code, (char) => marks[char] ?? char).join(' ')

export const step = {
  qrTitle: (network: string) => `Scan this with ${isolate(network)}`,
  qrAlt: 'QR code to scan',
  qrHint: 'Hold your phone’s camera up to the screen.',
  qrFresh: 'Renews itself: always scan the one you see.',
  qrRenewed: 'The code was renewed.',
  qrTrouble: 'If it does not scan',
  qrEnlarge: 'Make the code larger',
  qrShrink: 'Close',
  qrEnlarged: (network: string) => `Code for ${isolate(network)}`,
  qrAsText: 'Show the code as text',
  qrAsTextHint: 'For an app on another device that takes the code as text. It renews itself here too.',
  copyText: 'Copy text',
  checking: 'Checking whether this code still counts…',
  checkingPicture: 'Checking whether this picture still counts…',
  asking: 'Asking Beeper…',
  checkingSlow: 'Beeper is still being asked. As soon as it answers, what counts appears here.',
  codeTitle: (network: string) => `Type this into ${isolate(network)}`,
  pageTitle: (network: string) => `Open this page for ${isolate(network)}`,
  codeAlt: 'Code to type on your phone',
  codeSpelled: (code: string) => `Code to type on your phone: ${spelled(code)}`,
  copyCode: 'Copy code',
  copyLink: 'Copy address',
  openLink: (host: string) => `Open ${host}`,
  emojiTitle: (network: string) => `Tap this picture in ${isolate(network)}`,
  emojiAlt: (emoji: string) => `The picture to tap: ${emoji}`,
  pictureAlt: 'The picture to tap',
  emojiMissing: 'The picture could not be shown.',
  emojiMissingHelp: 'Do not guess: a wrong tap ends the sign-in. Load it again, or finish this one in Beeper itself.',
  emojiAgain: 'Load it again',
  waitTitle: (network: string) => `Waiting for ${isolate(network)}`,
  waitHint: (network: string) => `Open ${isolate(network)} on your phone and answer what it asks.`,
  waits,
  unsupportedTitle: 'This step is new to Drawbridge',
  unsupported: (network: string) =>
    `${isolate(network)} asks for something that this version of Drawbridge can’t show.`,
  passkeyTitle: (network: string) => `${isolate(network)} asks for a passkey`,
  passkey:
    'A passkey belongs to a device, and Drawbridge can’t use it for a network. Without it this way to sign in does not go on here.',
  clientTitle: 'Only Beeper’s own app can do this step',
  client: (network: string) =>
    `${isolate(network)} has to be asked in a way that Drawbridge does not know. Nothing is wrong with your account.`,
  unreadableTitle: 'This step could not be read',
  unreadable: (network: string) =>
    `The answer from ${isolate(network)} made no sense to Drawbridge. Starting over often helps.`,
  finishTitle: 'You can finish this one in Beeper',
  finish: (network: string) =>
    `Open Beeper, add ${isolate(network)} there, and come back. Drawbridge shows it as connected by itself.`,
  wireType: 'Beeper calls this step',
  wireDisplay: 'Beeper calls what is to be shown',
  chooseOther: 'Choose another network',
}
