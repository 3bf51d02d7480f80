// Words of the frame round every screen, and of the two screens that wait for something to answer.
import type { ChapterName } from '#contract/view'
import { duration } from '../format.ts'

const chapters: Readonly<Record<ChapterName, string>> = {
  find: 'Find Beeper',
  'sign-in': 'Sign in',
  secure: 'Secure messages',
  connect: 'Connect chats',
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
    waitLabel: (ms: number) => `You can try again in ${duration('en', ms)}.`,
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
    keychainSlow:
      'Your computer keeps your sign-in in its keychain and may be asking for permission in another window. Look for it behind this one.',
    beeper: 'Getting in touch with Beeper…',
    beeperSlow: 'Beeper is taking its time. It may still be starting up. Drawbridge goes on trying.',
    chooseOther: 'Choose another Beeper',
  },
  unreachable: {
    title: 'Beeper isn’t answering',
    lead: 'You are still signed in. Open Beeper on this computer, and Drawbridge goes on by itself.',
    trying: 'Trying again every few seconds…',
    openBeeper: 'Get Beeper',
    chooseOther: 'Choose another Beeper',
  },
}
