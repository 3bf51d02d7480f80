// Steps: of types that this API does not publish, of IDs that look like paths, websites, waits without an end, ways without a
// number.
import { flow, form, network, ok, wait, type FlowInput } from './parts.ts'

export const unheardOf = network('unheard-of', 'Unheard Of', {
  flows: [
    // Bridges know these two (bridge-flows, `bridgeSide`); none of their members is published.
    wait('passkey', 'A passkey', 'finish_elsewhere', {
      type: 'webauthn',
      instructions: 'Use the passkey of this account',
      more: { publicKey: { challenge: 'c2ltdWxhdGVk', rpId: 'chat.example.com', userVerification: 'preferred' } },
    }),
    wait('client-http', 'A request by the client', 'finish_elsewhere', {
      type: 'client_http',
      instructions: 'Fetch this for the network',
      more: { request: { method: 'POST', url: 'https://chat.example.com/session', headers: { 'X-Lab': '1' } } },
    }),
    wait('dance', 'A step nobody knows', 'finish_elsewhere', {
      type: 'interpretive_dance',
      status: 'waiting_for_applause',
      instructions: 'Dance before the camera',
      more: { bars: 32 },
    }),
    flow('odd-status', 'A form under a status nobody knows', 'form', {
      form: {
        step: {
          type: 'user_input',
          stepID: 'lab.odd-status',
          status: 'waiting_for_moonrise',
          fields: [{ id: 'word', label: 'Word', type: 'text' }],
        },
        submit: [{ else: true, to: 'ok' }],
      },
      ok,
    }),
    flow('half-way', 'A form that leads to a passkey', 'form', {
      form: {
        step: { type: 'user_input', stepID: 'lab.half-way', fields: [{ id: 'name', label: 'Name', type: 'username' }] },
        submit: [{ else: true, to: 'passkey' }],
      },
      passkey: { step: { type: 'webauthn', stepID: 'lab.half-way.passkey' }, events: { finish_elsewhere: 'ok' } },
      ok,
    }),
  ],
})

const oddIDs = { first: 'lab.step/1%2F?a=b#c', second: 'lab.step/2 é%', field: 'lab.field/../%00.value' }

export const identifiers = network('identifiers', 'Odd Identifiers', {
  people: {
    ada: {
      loginID: 'a/b?c%2F#d é',
      accountIDs: ['lab/identifiers?ba=ada%20'],
      user: { id: '@identifiers_ada:local', fullName: 'Ada Example', isSelf: true },
      text: 'Signed in as Ada Example',
    },
  },
  flows: [
    flow('way/1 %2F', 'Steps like paths', 'first', {
      first: {
        step: {
          type: 'user_input',
          stepID: oddIDs.first,
          fields: [{ id: oddIDs.field, label: 'Value', type: 'text' }],
        },
        submit: [
          { field: oddIDs.field, is: 'wrong', to: 'first', retryText: 'Not that one' },
          { else: true, to: 'second' },
        ],
      },
      second: {
        step: {
          type: 'display_and_wait',
          stepID: oddIDs.second,
          display: { type: 'nothing' },
          instructions: 'Approve it',
        },
        events: { approve: 'ok' },
      },
      ok,
    }),
  ],
})

const source = (type: string, name: string) => [{ type, name }]

export const website = network('website', 'A Website', {
  flows: [
    flow('sources', 'Values from every place', 'cookies', {
      cookies: {
        step: {
          type: 'cookies',
          stepID: 'lab.sources',
          instructions: 'Sign in on the website',
          url: 'https://chat.example.com/login',
          expectedFinalURLRegex: String.raw`^https://chat\.example\.com/home(?:\?.*)?$`,
          extractJS: 'Promise.resolve({ special: "from-the-script", body: 7 })',
          rich: { hidden: true },
          fields: [
            { id: 'sid', name: 'sid', type: 'cookie', rich: { required: true, sources: source('cookie', 'sid') } },
            { id: 'header', rich: { required: true, sources: source('request_header', 'X-Lab-Token') } },
            { id: 'stored', rich: { required: true, sources: source('local_storage', 'lab.token') } },
            { id: 'body', rich: { required: false, sources: source('request_body', 'token') } },
            { id: 'special', rich: { required: true, sources: source('special', 'lab.special'), pattern: '^from-' } },
            { id: 'cloud', rich: { required: false, sources: source('cloud_clipboard', 'x') } },
          ],
        },
        site: {
          entry: '/login',
          hosts: ['chat.example.com'],
          before: [],
          localStorage: { 'lab.token': 'stored-0001' },
          users: { ada: { cookies: { sid: 'lab%20ada' }, landing: '/home', to: 'ok' } },
          detours: ['/consent'],
        },
        submit: [
          { missing: ['sid'], to: 'refused' },
          { else: true, to: 'ok' },
        ],
      },
      ok,
      refused: { end: 'failed', error: 'refused' },
    }),
  ],
})

export const patience = network('patience', 'Patience', {
  flows: [
    flow('twelve-minutes', 'Twelve minutes in one wait', 'wait', {
      wait: {
        step: {
          type: 'display_and_wait',
          stepID: 'lab.twelve-minutes',
          instructions: 'Approve it on another device. Take your time',
          display: { type: 'nothing' },
        },
        events: { approve: 'ok', deny: 'refused' },
        ttl: { seconds: 720, then: 'ok_sam', basis: 'simulated' },
      },
      ok,
      ok_sam: { end: 'complete', person: 'sam' },
      refused: { end: 'failed', error: 'refused' },
    }),
    flow('hasty', 'A code that changes every second', 'wait', {
      wait: {
        step: { type: 'display_and_wait', stepID: 'lab.hasty', display: { type: 'qr', data: 'lab:hasty:{n}' } },
        events: { scan: 'ok' },
        rotate: { every: 1, max: 600, then: 'refused' },
      },
      ok,
      refused: { end: 'failed', error: 'refused' },
    }),
  ],
})

const nameField = { fields: [{ id: 'name', label: 'Name', type: 'username' }] }

export const oneWay = network('one-way', 'One Way', { flows: [form('only', 'The only way', nameField)] })

const way = (n: number): FlowInput => {
  const made = form(`way-${String(n)}`, `Way ${String(n)}`, nameField)
  if (n % 4 === 0) return { ...made, description: 'A long description of this way in. '.repeat(8) }
  if (n % 4 === 1) return { ...made, description: 'With the name alone' }
  const { name, ...nameless } = made
  return n % 4 === 2 ? nameless : { ...nameless, name: `${String(name)} without a description` }
}

export const twelve = network('twelve', 'Twelve Ways', { flows: Array.from({ length: 12 }, (_, n) => way(n)) })
