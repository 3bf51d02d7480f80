// Words of the place where the system keeps secrets. Each system has its own name for it and its own way of mending it.
import type { ProblemCode } from '#contract/problem'
import type { View } from '#contract/view'
import type { ProblemWords } from './problem-words.ts'

type System = View['system']
/** What goes wrong there, and nowhere else. */
export type KeychainCode = Extract<ProblemCode, `keychain.${string}` | 'account.not-forgotten'>

const again = 'Try again'
const signIn = 'Sign in again'

const onMac: Readonly<Record<KeychainCode, ProblemWords>> = {
  'keychain.missing': {
    title: 'The keychain of this Mac can’t be used.',
    explanation: 'Open Keychain Access, check that the “login” keychain is there, then try again.',
    action: again,
  },
  'keychain.locked': {
    title: 'The keychain of this Mac is locked.',
    explanation: 'Your Mac may be asking for your password in another window. Unlock the keychain, then try again.',
    action: again,
  },
  'keychain.denied': {
    title: 'Your Mac did not let Drawbridge use the keychain.',
    explanation: 'Try again, and choose “Always Allow” when your Mac asks.',
    action: again,
  },
  'keychain.mismatch': {
    title: 'The keychain did not give back what was put into it.',
    explanation: 'Restart your Mac. If it stays like this, check the “login” keychain in Keychain Access.',
    action: again,
  },
  'keychain.empty': {
    title: 'Your sign-in is no longer in the keychain.',
    explanation: 'It may have been removed in Keychain Access. Sign in again, and it is put back.',
    action: signIn,
  },
  'account.not-forgotten': {
    title: 'The keychain did not let go of your sign-in.',
    explanation: 'Unlock the keychain, then try once more. Nothing has changed yet.',
    action: again,
  },
}

const onWindows: Readonly<Record<KeychainCode, ProblemWords>> = {
  'keychain.missing': {
    title: 'Windows Credential Manager can’t be used.',
    explanation: 'Open Services, start the one called “Credential Manager”, then try again.',
    action: again,
  },
  'keychain.locked': {
    title: 'Windows Credential Manager does not answer.',
    explanation: 'Give it a moment and try again. If that does not help, restart Windows.',
    action: again,
  },
  'keychain.denied': {
    title: 'Windows did not let Drawbridge use Credential Manager.',
    explanation: 'A rule of your school or company may forbid it. Ask who looks after this computer.',
    action: again,
  },
  'keychain.mismatch': {
    title: 'Credential Manager did not give back what was put into it.',
    explanation: 'Restart Windows, then try again.',
    action: again,
  },
  'keychain.empty': {
    title: 'Your sign-in is no longer in Credential Manager.',
    explanation: 'It may have been removed there. Sign in again, and it is put back.',
    action: signIn,
  },
  'account.not-forgotten': {
    title: 'Credential Manager did not let go of your sign-in.',
    explanation: 'Try once more. Nothing has changed yet.',
    action: again,
  },
}

const onLinux: Readonly<Record<KeychainCode, ProblemWords>> = {
  'keychain.missing': {
    title: 'This computer has no keyring that Drawbridge can use.',
    explanation: 'Install and start one, then try again.',
    action: again,
  },
  'keychain.locked': {
    title: 'Your keyring is locked.',
    explanation: 'Your computer may be asking for its password in another window. Unlock it, then try again.',
    action: again,
  },
  'keychain.denied': {
    title: 'Your keyring was not opened.',
    explanation: 'Try again, and type the password of the keyring when your computer asks.',
    action: again,
  },
  'keychain.mismatch': {
    title: 'Your keyring did not give back what was put into it.',
    explanation: 'Log out of your computer and in again, then try once more.',
    action: again,
  },
  // A locked keyring may answer as if it were empty, so neither is claimed.
  'keychain.empty': {
    title: 'Your keyring has nothing for Drawbridge.',
    explanation: 'It may be locked: unlock it and try again. If the entry was removed, sign in again.',
    action: signIn,
  },
  'account.not-forgotten': {
    title: 'Your keyring did not let go of your sign-in.',
    explanation: 'Unlock the keyring, then try once more. Nothing has changed yet.',
    action: again,
  },
}

/** As it stands after “in” and “into”. */
const stores: Readonly<Record<System, string>> = {
  mac: 'the keychain of your Mac',
  windows: 'Windows Credential Manager',
  linux: 'your keyring (such as GNOME Keyring or KWallet)',
}
const asking: Readonly<Record<System, string>> = {
  mac: 'Asking the keychain…',
  windows: 'Asking Credential Manager…',
  linux: 'Asking the keyring…',
}
const behind = 'Look for it behind this one.'
const askingSlow: Readonly<Record<System, string>> = {
  mac: `Your Mac may be asking for your password in another window. ${behind}`,
  windows: 'Windows takes longer than usual. You can keep waiting, or choose another way.',
  linux: `Your computer may be asking for the password of the keyring in another window. ${behind}`,
}

const problems: Readonly<Record<System, Readonly<Record<KeychainCode, ProblemWords>>>> = {
  mac: onMac,
  windows: onWindows,
  linux: onLinux,
}

export const keychain = {
  keychain: {
    problems,
    probeTitle: 'Your sign-in needs a safe place',
    probeLead: (system: System) =>
      `Drawbridge wants to keep it in ${stores[system]}, so that you only sign in once. A first try of that did not work.`,
    saveTitle: 'Where should your sign-in be kept?',
    saveLead: (system: System) =>
      `You are signed in. Drawbridge wants to keep that in ${stores[system]} for next time, but it was not taken.`,
    readTitle: 'Your sign-in could not be fetched',
    readLead: (system: System) =>
      `It was put into ${stores[system]}, and does not come out again. Nobody has signed you out.`,
    waysLabel: 'What you can do',
    retry: 'Try again',
    retryHint: 'Once you have done what it says above.',
    retrying: (system: System) => asking[system],
    retrySlow: (system: System) => askingSlow[system],
    thisRun: 'Go on without keeping it',
    thisRunHint:
      'It is gone when you quit Drawbridge, and you sign in again next time. Settings can still keep it later.',
    signInAgain: 'Sign in again',
    signInAgainHint: 'It takes a minute. Your chats and networks are not touched.',
    quit: 'Quit Drawbridge',
    quitHints: {
      probe: 'Nothing has been asked yet, and nothing is lost.',
      save: 'You sign in again the next time you open Drawbridge.',
      read: 'Your sign-in stays where it is.',
    },
  },
}
