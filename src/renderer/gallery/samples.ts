// What the fixed Views are filled with. People, places and numbers are invented.
import type { AccountView, View } from '#contract/view'
import type { AccountStatus, NetworkView } from '#contract/view-connect'

export const qrData = '2@Zm9vYmFyYmF6cXV4,bm90IGEgcmVhbCBjb2Rl,YnV0IGFib3V0IGFzIGxvbmc=,VGhpcyBpcyBhIHNhbXBsZQ=='

/** Has the form of a key, and opens nothing. */
export const sampleKey = 'EsU4 9pDf e5YA 42Fp vuK4 KY2a nD1V Xuqf 2CAe wmR8 g1cE Knhk'

/** An account. @param name whose it is */
export const named = (name: string, status: AccountStatus = 'connected'): NetworkView['accounts'][number] => ({
  accountID: `account-${name}`,
  name,
  status,
})

/** A network that can be connected. @param more what differs from that */
export const network = (name: string, group: NetworkView['group'], more: Partial<NetworkView> = {}): NetworkView => ({
  bridgeID: `${group}-${name.toLowerCase().replace(/\W/gu, '')}`,
  type: name.toLowerCase().replace(/\W/gu, ''),
  name,
  group,
  status: 'available',
  statusText: '',
  accounts: [],
  canConnect: true,
  connectionID: undefined,
  ...more,
})

export const fewNetworks: readonly NetworkView[] = [
  network('WhatsApp', 'this-device', { status: 'connected', accounts: [named('Ada Example')] }),
  network('Signal', 'this-device'),
  network('Telegram', 'this-device', { connectionID: 'c2' }),
  network('Google Messages', 'this-device', { type: 'gmessages' }),
  network('Instagram', 'this-device', {
    type: 'instagramgo',
    status: 'connected',
    accounts: [named('@ada.example'), named('@ada.bakes', 'needs-you'), named('@sam.and.ada'), named('@old.account')],
  }),
  network('Facebook Messenger', 'this-device', {
    type: 'facebookgo',
    status: 'temporarily_unavailable',
    canConnect: false,
    statusText: 'Back in a few hours',
  }),
  network('Slack', 'cloud', { type: 'slackgo' }),
  network('Discord', 'cloud', {
    type: 'discordgo',
    status: 'limit_reached',
    canConnect: false,
    accounts: [named('ada_example'), named('ada_plays', 'working')],
  }),
  network('LinkedIn', 'cloud'),
  network('Google Chat', 'cloud', { type: 'gchat', status: 'disabled', canConnect: false }),
  network('X', 'cloud', { type: 'twitter', status: 'connected', canConnect: false, accounts: [named('@ada', 'off')] }),
  network('Weechat Relay', 'self-hosted', { status: 'unsupported', canConnect: false }),
]

const groups = ['this-device', 'cloud', 'self-hosted'] as const
const types = ['whatsapp', 'signal', 'telegram', 'slackgo', 'discordgo', 'linkedin', 'irc', 'mattermost', 'matrixrtc']

/** More than anybody has. @param count how many networks @param accountCount how many accounts each has */
const networksOf = (count: number, accountCount: number): readonly NetworkView[] =>
  Array.from({ length: count }, (_, index) => {
    const number = String(index + 1)
    return network(`Network ${number}`, groups[index % 3] ?? 'other', {
      type: types[index % types.length] ?? '',
      status: accountCount > 0 ? 'connected' : 'available',
      accounts: Array.from({ length: accountCount }, (_each, at) =>
        named(`Person ${number}.${String(at + 1)}`, index % 10 === 0 && at === 1 ? 'needs-you' : 'connected'),
      ),
    })
  })

export const manyNetworks = networksOf(500, 0)
/** 200 networks with 1,000 accounts. */
export const hundreds = networksOf(200, 5)

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

export const longName = 'The chats of the old computer under the stairs that nobody may switch off'
/** Runs from right to left. */
export const shopName = 'شبكة الدردشة في المطبخ'

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
  running: [],
  language: 'en',
  system: 'linux',
}
