// What the fixed Views are filled with. People, places and numbers are invented.
import type { AccountView, NetworkView, View } from '#contract/view'

export const qrData = '2@Zm9vYmFyYmF6cXV4,bm90IGEgcmVhbCBjb2Rl,YnV0IGFib3V0IGFzIGxvbmc=,VGhpcyBpcyBhIHNhbXBsZQ=='

/** Has the form of a key, and opens nothing. */
export const sampleKey = 'EsU4 9pDf e5YA 42Fp vuK4 KY2a nD1V Xuqf 2CAe wmR8 g1cE Knhk'

const network = (name: string, group: NetworkView['group'], more: Partial<NetworkView> = {}): NetworkView => ({
  bridgeID: `${group}-${name.toLowerCase().replace(/\W/gu, '')}`,
  type: name.toLowerCase().replace(/\W/gu, ''),
  name,
  group,
  status: 'available',
  statusText: '',
  accountNames: [],
  canConnect: true,
  connectionID: undefined,
  ...more,
})

export const fewNetworks: readonly NetworkView[] = [
  network('WhatsApp', 'this-device', { status: 'connected', accountNames: ['Ada Example'] }),
  network('Signal', 'this-device'),
  network('Telegram', 'this-device', { connectionID: 'c2' }),
  network('Google Messages', 'this-device'),
  network('Instagram', 'this-device'),
  network('Facebook Messenger', 'this-device', {
    status: 'temporarily_unavailable',
    canConnect: false,
    statusText: 'Back in a few hours',
  }),
  network('Slack', 'cloud'),
  network('Discord', 'cloud', { status: 'limit_reached', canConnect: false }),
  network('LinkedIn', 'cloud'),
  network('Google Chat', 'cloud', { status: 'disabled', canConnect: false }),
  network('Weechat Relay', 'self-hosted', { status: 'unsupported', canConnect: false }),
]

export const manyNetworks: readonly NetworkView[] = Array.from({ length: 500 }, (_, index) =>
  network(`Network ${String(index + 1)}`, (['this-device', 'cloud', 'self-hosted'] as const)[index % 3] ?? 'other'),
)

const account = (networkName: string, name: string, status: AccountView['status'], statusText = ''): AccountView => ({
  accountID: `${networkName}-${name}`,
  networkName,
  networkType: networkName.toLowerCase(),
  name,
  status,
  statusText,
})

export const accounts: readonly AccountView[] = [
  account('WhatsApp', 'Ada Example', 'connected'),
  account('Signal', '+1 415 555 0123', 'needs-you', 'Signed out on your phone'),
  account('Telegram', '@ada', 'working'),
  account('Slack', 'ada@example.com', 'off'),
]

export const markup = '<img src=x onerror="document.title=1"><b>bold</b>'

/** Everything that a server could say to make a mess. */
export const hostile: View = {
  chapters: [],
  screen: {
    name: 'home',
    userID: '@\u202eada:beeper.com',
    status: 'loaded',
    accounts: [
      account(markup, '\u202e' + markup, 'needs-you', markup),
      account('x'.repeat(300), 'شبكة الدردشة', 'connected', 'y'.repeat(600)),
    ],
    problem: { code: 'beeper.upstream', retry: 'later', says: markup, detail: markup },
    security: 'unknown',
    isKeyBackedUp: false,
    isKeyReminderShown: true,
    keptIn: 'keychain',
    expiresAtMs: 8.64e15,
  },
  beeper: { origin: 'http://127.0.0.1:23373', name: markup, version: '1', isRemote: false },
  isDemo: false,
  isOffline: false,
  appVersion: '0.1.0',
  requests: [],
  encryption: undefined,
  language: 'en',
  system: 'linux',
}
