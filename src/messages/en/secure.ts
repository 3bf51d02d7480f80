// Words of the screens that make messages safe.
import type { EncryptionFlag } from '#contract/view-security'
import { day, duration, isolate, plural } from '../format.ts'
import { recoveryKey } from './recovery-key.ts'

/** One sentence for each flag: what a “yes” says. */
const flags: Readonly<Record<EncryptionFlag, string>> = {
  initialized: 'Beeper has begun to set up encryption.',
  secretStorage: 'The account has a safe for its keys, which the recovery key opens.',
  crossSigning: 'The account can vouch for its devices.',
  verified: 'The account trusts this device.',
  'secrets.masterKey': 'The key that stands for the account is on this device.',
  'secrets.selfSigningKey': 'The key that vouches for the account’s own devices is on this device.',
  'secrets.userSigningKey': 'The key that vouches for other people is on this device.',
  'secrets.megolmBackupKey': 'The key to the backup of the message keys is on this device.',
  'secrets.recoveryKey': 'The recovery key itself is on this device.',
  keyBackup: 'The message keys have a backup.',
  firstSyncDone: 'Beeper has fetched the locked messages for the first time.',
  hasBackedUpRecoveryKey: 'Somebody has confirmed that the recovery key is kept.',
}

export const secure = {
  ...recoveryKey,
  preparing: {
    title: 'Getting things ready',
    lead: 'Beeper is setting itself up for you. There is nothing you need to do.',
    working: 'Setting up',
    slow: 'This usually takes less than a minute. You can wait here, or come back later: Beeper goes on by itself.',
    unknownTitle: 'Beeper is preparing',
    unknownLead:
      'Beeper says something about itself that this version of Drawbridge does not know. It may pass by itself.',
    unknownWorking: 'Looking again every few seconds',
    unknownSlow: 'Still the same. You can go on waiting; a newer version of Beeper or Drawbridge may know the way on.',
    stateLabel: 'Beeper calls this',
    checkAgain: 'Look again now',
    chooseOther: 'Choose another Beeper',
  },
  keyEntry: {
    label: 'Recovery key',
    hint: 'Groups of four. Spaces, dashes and line breaks don’t matter.',
    counted: (count: number, expected: number) => `${count} of ${expected}`,
    complete: 'Complete',
    completeSpoken: 'The key is complete.',
    submit: 'Unlock',
    checking: 'Checking the key…',
    checkingSlow: 'Beeper is checking the key. With many messages this can take a minute.',
    notAsked: 'Whether the key fits is not known. It is still in the field, so you can simply try again.',
    sendAnyway: 'Send it anyway',
    faults: {
      empty: 'Type or paste your recovery key first.',
      character: (group: number, character: string) => {
        const says = `Group ${group} has a “${isolate(character)}”, which no recovery key contains.`
        return character === '0' ? `${says} It may be an o, a D or a Q.` : `${says} Compare the group with your copy.`
      },
      tooShort: (missing: number) =>
        plural('en', missing, {
          one: 'One character is missing. Look for a group with fewer than four on your copy.',
          other: '# characters are missing. Look for a group that you skipped.',
        }),
      tooLong: (surplus: number) =>
        plural('en', surplus, {
          one: 'There is one character too many. Look for one that is typed twice.',
          other: 'There are # characters too many. Look for a group that is typed twice.',
        }),
      mistyped: 'A letter seems mistyped. Compare each group with your copy; capital and small letters count.',
    },
    accepted: 'Beeper took the key. Waiting for it to open your messages',
    elapsed: (ms: number) => duration('en', ms),
    typeAgain: 'Type the key again',
    checkAgain: 'Look again now',
  },
  unlock: {
    title: 'Enter your recovery key',
    lead: 'It shows that it’s you, and opens your messages on this computer.',
    back: 'Other ways',
    acceptedSlow:
      'The key was accepted, but this computer is still not trusted. Give it a moment, or choose another way.',
    otherDevice: 'Use another device',
  },
  secrets: {
    title: 'Open your older messages',
    lead: 'This computer is trusted. The keys to your older messages are still missing here, and your recovery key brings them.',
    acceptedSlow: 'The key was accepted, but your messages are still locked. Give it a moment, or choose another way.',
    waitingTitle: 'Your other device may send them by itself',
    waiting: 'Keep Beeper open there. It goes on here as soon as they arrive.',
    waysTitle: 'Without the key',
    otherDevice: 'Ask my other device',
    otherDeviceHint: 'You compare a few pictures, and it sends what is missing.',
    noKey: 'I have no recovery key',
    noKeyHint: 'Make a new one. First you read what that costs.',
  },
  firstSync: {
    title: 'Your messages are coming in',
    lead: 'Beeper is fetching your chats for the first time. It goes on by itself, and you don’t have to wait for it.',
    running: 'Fetching',
    runningFor: (ms: number) => `Running for ${duration('en', Math.floor(ms / 60_000) * 60_000)}.`,
    points: [
      'Beeper brings your chats to this computer and opens them here.',
      'Only you can read them, now and afterwards.',
      'You can connect more chats meanwhile, or close this window.',
    ],
    longer: 'The first time can take several minutes when there is a lot to fetch.',
    continue: 'Continue to connect chats',
  },
  encryption: {
    fold: 'Encryption details',
    lead: 'What Beeper says about encryption, in its own words.',
    yes: 'Yes',
    no: 'No',
    state: 'state',
    userID: 'userID',
    keyMade: 'recoveryKeyGeneratedAt',
    says: {
      state: 'What Beeper calls where it stands.',
      userID: 'Your account.',
      keyMade: 'When the recovery key in force was made.',
    },
    day: (atMs: number) => day('en', atMs),
    flags,
  },
}
