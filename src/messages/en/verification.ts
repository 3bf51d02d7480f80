// Words of confirming by another device that it is the person: the doors, one comparison in each of its stages, and the cards
// of other devices that ask.
import type { View } from '#contract/view'
import type { Peer, RequestView } from '#contract/view-security'
import { isolate, plural } from '../format.ts'
import { begun, device, plainly, who } from './peer-words.ts'
import { endings } from './verification-endings.ts'

const pasteKeys: Readonly<Record<View['system'], string>> = { mac: '⌘V', windows: 'Ctrl+V', linux: 'Ctrl+V' }
const cameraSettings: Readonly<Record<View['system'], string>> = {
  mac: 'Allow Drawbridge in System Settings, under Privacy & Security, Camera. Then try again.',
  windows: 'Let desktop apps use the camera in Settings, under Privacy & security, Camera. Then try again.',
  linux: 'Allow Drawbridge to use the camera in the settings of your computer. Then try again.',
}

/** One who is known in the case of one's own devices, and not in any other. */
const asksTitle = ({ peer }: RequestView): string =>
  peer.isOwn ? `${begun(device(peer))} asks to confirm that it’s you` : 'Somebody else wants to compare with you'
const from = ({ peer }: RequestView): string => {
  const account = isolate(plainly(peer.userID))
  if (peer.isOwn) return account
  return account === ''
    ? `${begun(device(peer))}; Beeper does not say whose it is`
    : `${begun(device(peer))} of ${account}`
}

export const verification = {
  verify: {
    title: 'Show that it’s you',
    lead: 'Your messages are locked, so that only you can read them. One of these opens them here.',
    recommended: 'Recommended',
    device: 'Use another device',
    deviceText: 'You have Beeper open on a phone or another computer. It takes a minute.',
    key: 'Use your recovery key',
    keyText: 'The long key that you wrote down, printed or saved when you set up Beeper.',
    neither: 'I have neither',
    neitherText: 'Start over with a new key. Older messages may become unreadable; you read first what it costs.',
  },
  otherDoors: {
    title: 'Other ways',
    key: 'Use the recovery key instead',
    neither: 'I have neither',
  },
  verification: {
    device,
    cancel: 'Cancel',
    /** Where the server does not let one cancel. */
    leave: 'Don’t wait',
    asking: {
      title: 'Look at your other devices',
      lead: 'Beeper asks there whether this new sign-in is yours.',
      steps: [
        'Open Beeper on your phone or another computer.',
        'A question about a new sign-in appears there. Accept it.',
        'It goes on here by itself.',
      ],
      requesting: 'Asking Beeper…',
      outgoing: 'Waiting for an answer there',
      slow: 'Does nothing appear there?',
      hints: (userID: string) => [
        'Open Beeper there and leave it open for a moment.',
        'See that the device is online.',
        userID === ''
          ? 'See that it is signed in to the same account.'
          : `See that it is signed in to the same account, ${isolate(userID)}.`,
      ],
    },
    peer: {
      own: 'Your account',
      stranger: 'Somebody else’s account',
      unknown: 'Beeper does not say whose it is',
      name: ({ deviceName }: Peer) => plainly(deviceName) || 'A device without a name',
      userID: ({ userID }: Peer) => plainly(userID),
      user: 'Account',
      deviceID: 'Device ID',
    },
    incoming: {
      title: 'Is this you?',
      lead: 'Another device asks to be compared with this computer. Accept only what you have just started there yourself.',
      accept: 'Accept',
      notMe: 'Not me',
      notYet: 'Beeper is getting this ready…',
      strangerTitle: 'Somebody else is asking',
      strangerLead:
        'This is not your account. Its owner wants to compare pictures with you, to be sure that they really write to you.',
      strangerPoints: [
        'Accepting does not unlock your messages.',
        'Accept only if you know who this is, and are talking to them right now.',
        'If you don’t expect this, choose “Not me”. It costs you nothing.',
      ],
    },
    choosing: {
      title: 'How do you want to compare?',
      lead: (peer: Peer) => `You and ${device(peer)} can do any of these. All lead to the same place.`,
      qr: 'Scan this with your other device',
      qrHint: 'Choose “Scan” there, and hold its camera up to this code.',
      qrAlt: 'Code for your other device to scan',
      qrMissing: 'The code could not be drawn. Take another way.',
      compare: 'Compare pictures',
      compareText: 'Both devices show seven small pictures. You say whether they are the same.',
      scan: 'Scan the other device’s code',
      scanText: 'Read the code that it shows with the camera of this computer, or from a picture.',
      none: 'The two devices have no way in common',
      noneText: 'An older Beeper on the other device may be the reason: update it and ask again, or take another way.',
    },
    scanner: {
      title: 'Scan the other device’s code',
      lead: 'Let the other device show its code, and hold it up to the camera.',
      back: 'Back',
      opening: 'Opening the camera…',
      openingSlow: 'Your computer may be asking whether Drawbridge may use the camera. Look for that question.',
      video: 'What the camera sees',
      looking: 'Looking for a code',
      lookingSlow: 'Bring the code closer, until it fills the frame, and hold it still.',
      otherCamera: 'Another camera',
      checking: 'Checking the code…',
      checkingSlow: 'Beeper has not answered yet.',
      again: 'Scan again',
      camera: {
        none: { title: 'No camera was found.', text: () => 'Connect one and try again, or use a picture of the code.' },
        denied: { title: 'The camera is not allowed.', text: (system: View['system']) => cameraSettings[system] },
        busy: {
          title: 'The camera is in use.',
          text: () => 'Close the other app that uses it and try again, or use a picture of the code.',
        },
      },
      tryCamera: 'Try the camera again',
      otherWays: 'Without the camera',
      pictureHint: (system: View['system']) =>
        `Drop a picture of the code here, paste one with ${pasteKeys[system]}, or choose a file.`,
      choose: 'Choose a picture',
      drop: 'Let go to read the code from it',
      reading: 'Looking for a code in the picture…',
      noCode: 'There is no code in that picture.',
      noCodeText: 'Take one in which the whole code can be seen, straight and sharp.',
      notPicture: 'That file could not be read as a picture.',
      notPictureText: 'A screenshot or a photo as PNG or JPEG works.',
      textFold: 'Paste the code as text',
      textLabel: 'Text of the code',
      textHint: 'Some apps show it under their code.',
      textEmpty: 'Paste the text of the code first.',
      textLong: 'That is too long to be a code.',
      textSend: 'Use this text',
    },
    comparing: {
      title: 'Are these the same on both devices?',
      lead: (peer: Peer) => `Look at ${device(peer)}: it must show the same pictures, in the same order.`,
      leadNumbers: (peer: Peer) => `Look at ${device(peer)}: it must show the same numbers, in the same order.`,
      pictures: 'Pictures to compare',
      numbersFold: 'Compare numbers instead',
      numbers: 'Numbers to compare',
      match: 'They match',
      differ: 'They don’t match',
      waiting: (peer: Peer) => `Waiting for ${device(peer)} to answer too`,
      waitingSlow: 'Look there: it asks the same question.',
      nothing: 'Waiting for the pictures…',
      nothingSlow: 'Beeper has not sent what there is to compare. You can go on waiting, or take another way.',
    },
    scanned: {
      title: 'Did your other device say that it worked?',
      lead: (peer: Peer) =>
        `Beeper says that ${device(peer)} has read the code. Look there: only if it shows that it worked, say yes.`,
      yes: 'Yes, it did',
      no: 'No, it didn’t',
      waiting: (peer: Peer) => `Waiting for ${device(peer)}`,
      waitingSlow: 'It has to finish there too. Keep Beeper open on it.',
    },
    read: {
      title: 'Now confirm on your other device',
      lead: (peer: Peer) => `The code was read. ${begun(device(peer))} asks whether it worked: say yes there.`,
      waiting: (peer: Peer) => `Waiting for ${device(peer)}`,
      waitingSlow: 'Nothing happens there? Keep Beeper open on it, and see that it is online.',
    },
    settling: {
      title: 'Your devices agree',
      lead: 'Beeper now has to take it up on this computer. That is mostly done in a few seconds.',
      waiting: 'Waiting for Beeper to take it up',
      slow: 'Beeper still says this computer is not verified.',
      slowText: 'It may still come. You can also ask once more, or take another way; nothing is lost by that.',
      again: 'Try again',
    },
    done: {
      title: 'That’s done',
      lead: (peer: Peer) => `You compared with ${device(peer)}, and both sides agree.`,
      strangerLead: (peer: Peer) =>
        `You compared with ${who(peer)}, and both sides agree. You can be sure that you write to each other.`,
      goOn: 'Go on',
    },
    ended: {
      reasons: endings,
      again: 'Ask again',
      close: 'Close',
      whatNow: 'What to do now',
    },
    unknown: {
      title: 'Something new between your devices',
      lead: 'Beeper tells of a step that this version of Drawbridge does not know. It may go on by itself.',
      waiting: 'Looking again every few seconds',
      waitingSlow: 'Look at the other device: it may ask you something. You can also stop here and take another way.',
      stateLabel: 'Beeper calls this',
    },
  },
  requests: {
    label: 'Other devices',
    asks: asksTitle,
    asksText: ({ peer }: RequestView) =>
      peer.isOwn
        ? 'Accept only what you have just started there yourself.'
        : 'This is not your account. Accepting does not unlock your messages.',
    running: ({ peer }: RequestView) => `A comparison with ${device(peer)} is under way`,
    from,
    accept: 'Accept',
    notMe: 'Not me',
    goOn: 'Continue',
    stop: 'Stop',
    acceptNamed: ({ peer }: RequestView) => `Accept ${device(peer)}`,
    notMeNamed: ({ peer }: RequestView) => `Not me: ${device(peer)}`,
    goOnNamed: ({ peer }: RequestView) => `Continue with ${device(peer)}`,
    stopNamed: ({ peer }: RequestView) => `Stop with ${device(peer)}`,
    more: (count: number) => plural('en', count, { one: 'and # more', other: 'and # more' }),
  },
}
