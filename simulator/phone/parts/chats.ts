// The apps of the networks: what they scan, show or ask.
export const chats = String.raw`
views.chats = {
  title: 'Linked devices',
  pick: (w) => [w.sessions.filter((s) => s.phase === 'live'), w.verifications.filter((v) => v.ownCode)],
  count: (w) => w.sessions.filter((s) => s.phase === 'live' && (s.events.length > 0 || s.hint)).length,
  draw: ([sessions, codes]) => {
    const cards = [...sessions.map(sessionCard), ...codes.map(beeperCode)].filter(Boolean)
    return cards.length > 0 ? cards
      : [empty('chats', 'Nothing to link', 'Choose a network in Drawbridge. What its app would show or ask appears here.')]
  },
}

const words = {
  scan: 'Scan the code', scan_other: 'Scan as another account', code_entered: 'Type the code in',
  code_entered_other: 'Type it in on another account', tap_right: 'Tap the right emoji', tap_wrong: 'Tap a wrong emoji',
  tap_cancel: 'Refuse', not_me: 'It was not me', approve: 'Approve', approve_other: 'Approve on another account', deny: 'Deny',
  too_many_devices: 'Too many linked devices', scan_no_multidevice: 'Linked devices are off', scan_passkey: 'Ask for a passkey',
  scan_with_password: 'Scan, account has a password', already_used: 'Code was used before',
  pair_error: 'Pairing fails', server_closes: 'The network hangs up', banned: 'The account is banned', outdated: 'The bridge is too old',
  network_lost: 'The connection breaks', refused: 'The network refuses', rate_limited: 'Too many attempts', expire: 'Let it run out',
  missing_capability: 'Other devices are too old', refresh_fails: 'No new code can be made',
}
const wordsFor = (name) => words[name] || name[0].toUpperCase() + name.slice(1).replaceAll('_', ' ')

function sessionCard(session) {
  const { display, events, hint } = session
  if (events.length === 0 && !hint) return null
  const act = (name) => () => display && display.type === 'qr' && name.startsWith('scan')
    ? send('scan', { data: display.data, event: name }, wordsFor(name))
    : send('event', { loginSessionID: session.loginSessionID, name }, wordsFor(name))
  const [first, ...others] = events
  const good = others.filter((name) => name.endsWith('_other'))
  const bad = others.filter((name) => !name.endsWith('_other'))
  return card(
    el('div', { class: 'row' }, avatar(session.network),
      el('div', { class: 'grow' }, el('h2', null, session.network),
        el('p', null, session.instructions || (hint ? hint.label + ': type this into Drawbridge.' : '')))),
    display && display.type === 'qr' && el('div', { class: 'finder' }, el('i'), el('i'), el('i'), el('i'),
      el('span', null, 'Code ' + display.count + ' is on the screen')),
    display && display.type === 'code' && codeBox(display.data, 'Pairing code'),
    hint && codeBox(hint.value, hint.label),
    first && el('div', { class: 'actions' }, button(wordsFor(first), 'main', act(first)), good.map((name) => button(wordsFor(name), '', act(name)))),
    bad.length > 0 && el('details', { 'data-key': session.loginSessionID }, el('summary', null, 'Or let something go wrong'),
      el('div', { class: 'actions' }, bad.map((name) => button(wordsFor(name), 'small', act(name))))))
}
function beeperCode(verification) {
  return card(el('div', { class: 'row' }, avatar('Beeper'),
    el('div', { class: 'grow' }, el('h2', null, 'Beeper'), el('p', null, 'The computer shows a code to verify it.'))),
    el('div', { class: 'finder' }, el('i'), el('i'), el('i'), el('i'), el('span', null, 'Verification code')),
    el('div', { class: 'actions' }, button('Scan the code', 'main', () => send('scan', { data: verification.ownCode }, 'Scanned'))))
}
`
