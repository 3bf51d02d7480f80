// Words of what the system draws: menus, dialogs, the tray, files.
import { isolate } from '../format.ts'

export const native = {
  windowTitle: 'Drawbridge',
  menu: {
    app: 'Drawbridge',
    about: 'About Drawbridge',
    services: 'Services',
    hide: 'Hide Drawbridge',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    quit: 'Quit Drawbridge',
    file: 'File',
    closeWindow: 'Close Window',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    view: 'View',
    reload: 'Reload',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    developerTools: 'Developer Tools',
    window: 'Window',
    minimize: 'Minimize',
    zoom: 'Zoom',
    front: 'Bring All to Front',
    help: 'Help',
    beeperHelp: 'Beeper Help',
    getBeeper: 'Get Beeper',
    terms: 'Terms of Use',
    privacy: 'Privacy Policy',
  },
  about: {
    title: 'About Drawbridge',
    version: (version: string) => `Version ${version}`,
    text: 'Finds your Beeper, signs you in, secures your messages and connects your chats.',
    credits: 'Made for Beeper. Names of chat networks belong to their owners.',
  },
  saveRecoveryKey: {
    title: 'Save your recovery key',
    button: 'Save',
    fileName: 'Beeper recovery key.txt',
    fileType: 'Text',
    contents: (recoveryKey: string) =>
      [
        'Beeper recovery key',
        '',
        recoveryKey,
        '',
        'This key opens your messages if you lose your devices. Anybody who has it can read them.',
        'Keep it somewhere safe, away from this computer: a password manager, or printed on paper.',
        'Then delete this file.',
        '',
      ].join('\n'),
  },
  consentPage: {
    doneTitle: 'All done',
    done: 'Drawbridge has your permission. You can close this page.',
    refusedTitle: 'Nothing was changed',
    refused: 'Drawbridge did not get permission. You can close this page and go back to Drawbridge.',
  },
  crash: {
    title: 'The window had to be closed',
    text: 'Something went wrong in it, again and again. Nothing of yours is lost. Quit Drawbridge and open it once more.',
    reload: 'Open it again',
    quit: 'Quit',
  },
  alreadyOpen: 'Drawbridge is open already.',
  tray: {
    open: 'Open Drawbridge',
    fine: 'All chats are connected',
    needsYou: 'A chat network needs you',
    quit: 'Quit Drawbridge',
  },
  notification: {
    needsYouTitle: (network: string) => `${network} needs you`,
    needsYouText: 'Click to reconnect it.',
    /** Names may be empty. */
    verification: {
      own: {
        title: 'Is this you, on your other device?',
        text: (device: string, user: string) =>
          `${device === '' ? 'Your other device' : `“${isolate(device)}”`} asks to be compared with this computer.` +
          (user === '' ? '' : ` It is signed in as ${isolate(user)}.`),
      },
      other: {
        title: 'Somebody else is asking',
        text: (device: string, user: string) =>
          `${user === '' ? 'Somebody' : isolate(user)}${device === '' ? '' : `, on “${isolate(device)}”,`} ` +
          'wants to compare pictures with you. This is not your account.',
      },
    },
  },
}
