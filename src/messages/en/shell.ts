// Words of the frame round every screen, and of the two screens that wait for something to answer.
import type { ChapterName, View } from '#contract/view'
import { duration, isolate } from '../format.ts'

const chapters: Readonly<Record<ChapterName, string>> = {
  find: 'Find Beeper',
  'sign-in': 'Sign in',
  secure: 'Secure messages',
  connect: 'Connect chats',
}

const keychainSlow: Readonly<Record<View['system'], string>> = {
  mac: 'It is in the keychain, and your Mac may be asking for your password in another window. Look for it behind this one.',
  windows: 'It is in Windows Credential Manager, which takes longer than usual to hand it out.',
  linux:
    'It is in your keyring, and your computer may be asking for its password in another window. Look for it behind this one.',
}

export const shell = {
  appName: 'Drawbridge',
  stillOpening: 'Still opening. If nothing happens, quit Drawbridge and open it once more.',
  windowTitle: (screen: string) => `${screen} · Drawbridge`,
  common: {
    details: 'Details',
    copyDetails: 'Copy details',
    copied: 'Copied',
    slow: 'This takes longer than usual. You can keep waiting; it may be your internet connection.',
    working: 'Working on it',
    opensInBrowser: 'opens in your browser',
    says: (who: string) => `${who} says`,
    saysInLine: (who: string, says: string) => `${who} says: “${isolate(says)}”`,
    waitLabel: (ms: number) => `You can try again in ${duration('en', ms)}.`,
    waitOver: 'You can try again now.',
    elapsed: (ms: number) => `${duration('en', ms)} so far`,
  },
  progress: {
    label: 'Your progress',
    chapters,
    done: 'done',
    background: 'still going on',
    backgroundHint: 'Goes on by itself',
    current: 'you are here',
    ahead: 'to come',
    position: (position: number, total: number) => `Step ${position} of ${total}`,
    backTo: (chapter: string) => `Back to ${chapter}`,
  },
  demo: {
    banner: 'Demo world. Nothing here is real.',
    openPhone: 'Open the demo phone',
    leave: 'Leave the demo',
  },
  offline: {
    banner: 'Beeper is not answering just now. What you see may be old. Drawbridge keeps trying.',
  },
  starting: {
    title: 'Good to see you again',
    keychain: 'Opening your sign-in…',
    keychainSlow: (system: View['system']) => keychainSlow[system],
    beeper: 'Getting in touch with Beeper…',
    beeperSlow: 'Beeper is taking its time. It may still be starting up. Drawbridge goes on trying.',
    chooseOther: 'Choose another Beeper',
  },
  unreachable: {
    title: 'Beeper isn’t answering',
    leadHere: 'You are still signed in. Open Beeper on this computer, and Drawbridge goes on by itself.',
    leadThere:
      'You are still signed in. Check that the computer it runs on is switched on and in reach. Drawbridge goes on by itself.',
    unsafeTitle: 'Beeper can’t be reached safely',
    unsafeLead: 'You are still signed in, and nothing was sent. Drawbridge goes on by itself once this is settled.',
    trying: 'Trying again every few seconds…',
    openBeeper: 'Get Beeper',
    chooseOther: 'Choose another Beeper',
  },
}
