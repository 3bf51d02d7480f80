// Words of the screens that make messages safe.
import { plural } from '../format.ts'

export const secure = {
  preparing: {
    title: 'Getting things ready',
    lead: 'Beeper is setting itself up for you. There is nothing you need to do.',
    slow: 'This usually takes less than a minute. You can wait here, or come back later: Beeper goes on by itself.',
    stateLabel: 'Beeper calls this',
    chooseOther: 'Choose another Beeper',
  },
  recoveryKey: {
    askTitle: 'Your recovery key',
    askLead:
      'Your messages are locked so that only you can read them. The recovery key opens them again if you lose this computer.',
    askPoints: [
      'Nobody else has it, not even Beeper.',
      'It is shown once, and you keep it somewhere safe.',
      'A password manager or a sheet of paper at home are both good.',
    ],
    create: 'Create my recovery key',
    creating: 'Creating your key…',
    creatingSlow:
      'Beeper is still working on it. Nothing has changed until you have a key and confirm that you kept it.',
    showTitle: 'Keep this key safe',
    showLead: 'Save it now, somewhere that is not this computer. It is shown only this once.',
    keyLabel: 'Your recovery key',
    hidden: (groups: number) =>
      plural('en', groups, { one: 'Hidden: # group', other: 'Hidden: # groups of characters' }),
    group: (position: number) => `Group ${position}`,
    show: 'Show',
    hide: 'Hide',
    copy: 'Copy',
    copied: 'Copied. It leaves the clipboard by itself after a while.',
    save: 'Save to file',
    saved: 'Saved. Move the file somewhere safe.',
    haveSaved: 'I have saved it',
    proveTitle: 'A quick check',
    proveLead: (position: number, total: number) =>
      `Look at your copy and type group ${position} of ${total}. This proves that you have it.`,
    proveLabel: (position: number) => `Group ${position} of your key`,
    proveHint: 'Four characters. Capital or small letters make no difference.',
    confirm: 'Confirm',
    confirming: 'Turning the key…',
    confirmingSlow: 'Beeper is still locking your messages with the new key. Please leave this window open.',
    backToKey: 'Look at the key again',
    lostTitle: 'The key is no longer on screen',
    lostLead:
      'This window was reloaded before you confirmed. Nothing has changed yet: create a new key, and throw away any copy of the old one.',
    createNew: 'Create a new key',
  },
  unlock: {
    titles: { 'needs-verification': 'Is it really you?', 'needs-secrets': 'Unlock your messages' },
    leads: {
      'needs-verification': 'Your messages are locked. Your recovery key shows that it’s you, and unlocks them here.',
      'needs-secrets': 'Your older messages are still locked on this computer. Your recovery key opens them.',
    },
    label: 'Recovery key',
    hint: 'Groups of four, as you wrote them down. Spaces don’t matter.',
    submit: 'Unlock',
    submitting: 'Unlocking…',
    submittingSlow: 'Beeper is checking the key. With many messages this can take a minute.',
    empty: 'Type or paste your recovery key first.',
    otherDeviceTitle: 'Beeper open somewhere else?',
    otherDevice: 'Confirm it’s you from Beeper on another device instead. Drawbridge notices by itself.',
  },
  firstSync: {
    title: 'Your messages are coming in',
    lead: 'Beeper is fetching your chats for the first time. It goes on by itself, and you don’t have to wait for it.',
    running: 'Fetching',
    longer: 'The first time can take several minutes when there is a lot to fetch.',
    continue: 'Continue to connect chats',
  },
}
