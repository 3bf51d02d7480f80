import { expect, test } from 'vitest'
import type { NetworkView } from '#contract/view-connect'
import { fold, search } from './search.ts'

const network = (name: string, more: Partial<NetworkView> = {}): NetworkView => ({
  bridgeID: name,
  type: name.toLowerCase(),
  name,
  group: 'this-device',
  status: 'available',
  statusText: '',
  accounts: [],
  canConnect: true,
  connectionID: undefined,
  ...more,
})
const account = (name: string) => ({ accountID: `id-${name}`, name, status: 'connected' }) as const

const networks = [
  network('Google Chat', { group: 'cloud', type: 'gchat' }),
  network('WhatsApp', { accounts: [account('+1 415 555 0123'), account('Zoë Ångström')] }),
  network('Signal'),
  network('Chatty Signals', { group: 'cloud' }),
  network('Facebook Messenger', { type: 'facebookgo' }),
  network('Søren’s Büro', { group: 'self-hosted', type: 'mattermost' }),
]
const namesOf = (query: string): readonly string[] =>
  search(networks, query).flatMap(({ found }) => found.map(({ network: { name } }) => name))

test.each([
  ['Crème  Brûlée', 'creme brulee'],
  ['ŁÓDŹ', 'lodz'],
  ['Straße', 'strasse'],
  ['İstanbul ılık', 'istanbul ilik'],
  ['ＷｈａｔｓＡｐｐ', 'whatsapp'],
  ['  +1 (415) 555-0123 ', '1 415 555 0123'],
  ['\u202ehidden\u200b', 'hidden'],
  ['شبكة', 'شبكة'],
])('%j is searched as %j', (text, wanted) => {
  expect(fold(text)).toBe(wanted)
})

test.each([
  ['whats', ['WhatsApp']],
  ['WHATS APP', ['WhatsApp']],
  ['messenger', ['Facebook Messenger']],
  ['soren', ['Søren’s Büro']],
  ['buro', ['Søren’s Büro']],
  ['gchat', ['Google Chat']],
  ['mattermost', ['Søren’s Büro']],
  ['415-555', ['WhatsApp']],
  ['14155550123', ['WhatsApp']],
  ['angstrom', ['WhatsApp']],
  ['facebook', ['Facebook Messenger']],
  ['bookgo', []],
  ['nobody', []],
])('%j finds %j', (query, names) => {
  expect(namesOf(query)).toEqual(names)
})

test('what begins with the words comes first, then a word of it, and its group with it', () => {
  expect(namesOf('signal')).toEqual(['Signal', 'Chatty Signals'])
  expect(namesOf('chat')).toEqual(['Chatty Signals', 'Google Chat'])
})

test.each(['', '   ', '–'])('%j finds all, group by group', (query) => {
  expect(namesOf(query)).toHaveLength(networks.length)
  expect(search(networks, query).map(({ group }) => group)).toEqual(['this-device', 'cloud', 'self-hosted'])
})

test('names the accounts that a network was found by', () => {
  expect(search(networks, 'zoe').flatMap(({ found }) => found.map(({ accountIDs }) => accountIDs))).toEqual([
    ['id-Zoë Ångström'],
  ])
  expect(search(networks, 'whatsapp')[0]?.found[0]?.accountIDs).toEqual([])
})

test('a network that says the same is looked at once', () => {
  let reads = 0
  const counted = network('Counted', {
    get accounts() {
      reads += 1
      return [account('Ada')]
    },
  })
  for (const query of ['a', 'ad', 'ada']) search([counted], query)
  expect(reads).toBe(1)
})
