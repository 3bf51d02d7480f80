// What the demo phone does: it looks at the world once a second while somebody looks at it, draws what has changed, and
// sends what is tapped. Plain script in a string, because it runs in a page of its own and not in this program.
export const script = String.raw`
'use strict'
const api = new URL('api/', location.href)
const $ = (id) => document.getElementById(id)
const view = $('view')
let world = null
let tab = location.hash.slice(1) || 'mail'
let drawn = ''

function el(tag, props, ...children) {
  const node = document.createElement(tag)
  for (const [key, value] of Object.entries(props || {})) {
    if (key === 'onclick') node.addEventListener('click', value)
    else if (value === true) node.setAttribute(key, '')
    else if (value !== false && value != null) node.setAttribute(key, value)
  }
  node.append(...children.flat().filter((child) => child != null && child !== false))
  return node
}
const card = (...children) => el('section', { class: 'card' }, ...children)
const button = (text, kind, onclick) => el('button', { class: kind || '', type: 'button', onclick }, text)
const clock = (ms) => new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
const avatar = (name) => el('span', { class: 'avatar', 'aria-hidden': 'true' }, [...name][0].toUpperCase())

async function send(command, body, done) {
  try {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(new URL(command, api), { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error((await answer.json()).message)
    if (done) toast(done)
  } catch (error) {
    toast(error.message)
  }
  await look()
}

let toastTimer = 0
function toast(text) {
  $('toast').textContent = text
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => { $('toast').textContent = '' }, 2600)
}

async function copy(text, output) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    getSelection().selectAllChildren(output)
    document.execCommand('copy')
  }
  toast('Copied')
}
function codeBox(text, label, spoken) {
  const output = el('output', { 'aria-label': label }, spoken || text)
  return el('div', { class: text.length > 9 ? 'code long' : 'code' }, output,
    button('Copy', 'main small', () => copy(text, output)))
}
function empty(icon, title, text) {
  const picture = document.querySelector('[data-tab=' + icon + '] svg').cloneNode(true)
  return el('div', { class: 'empty' }, picture, el('b', null, title), el('p', null, text))
}

const views = {
  mail: {
    title: 'Inbox',
    pick: (w) => w.mails,
    count: (w) => (w.state === 'needs-login' ? w.mails.slice(0, 1).length : 0),
    draw: (mails) => mails.length === 0
      ? [empty('mail', 'No mail yet', 'The sign-in code arrives here once you ask for it in Drawbridge.')]
      : mails.map((mail, index) => {
          const isOld = mails.findIndex((other) => other.to === mail.to) < index
          const spaced = mail.code.slice(0, 3) + ' ' + mail.code.slice(3)
          return el('section', { class: isOld ? 'card stale' : 'card' },
            el('div', { class: 'row' }, avatar('Beeper'),
              el('div', { class: 'grow' }, el('h2', null, mail.subject), el('p', null, 'To ' + mail.to)),
              el('span', { class: 'time' }, clock(mail.sentAtMs))),
            isOld ? el('p', null, 'Code ' + spaced + ' no longer counts: a newer mail was sent.') : codeBox(mail.code, 'Sign-in code', spaced))
        }),
  },
  chats: {
    title: 'Linked devices',
    pick: (w) => [w.sessions.filter((s) => s.phase === 'live'), w.verifications.filter((v) => v.ownCode)],
    count: (w) => w.sessions.filter((s) => s.phase === 'live' && (s.events.length > 0 || s.hint)).length,
    draw: ([sessions, codes]) => {
      const cards = [...sessions.map(sessionCard), ...codes.map(beeperCode)].filter(Boolean)
      return cards.length > 0 ? cards
        : [empty('chats', 'Nothing to link', 'Choose a network in Drawbridge. What its app would show or ask appears here.')]
    },
  },
  beeper: {
    title: 'Beeper',
    pick: (w) => [w.verifications, w.devices, w.signedIn || null, w.state],
    count: (w) => w.verifications.filter((v) => v.isLive && v.direction === 'outgoing').length,
    draw: ([verifications, devices, me, state]) => {
      if (!me) return [empty('beeper', 'Signed out', 'Beeper on this phone wakes up when you are signed in on the computer.')]
      const live = verifications.filter((v) => v.isLive)
      const last = verifications.filter((v) => !v.isLive).slice(-1)
      const mayAsk = live.length === 0 && devices.length > 0 && /^needs-(verification|secrets)$/.test(state)
      return [
        live.map(verificationCard), live.length === 0 && last.map(endedCard),
        live.length + last.length === 0 && card(el('h2', null, 'All quiet'), el('p', null, devices.length > 0
          ? 'When the computer asks to be verified, the request appears here.'
          : 'This account has no phone yet: there is nothing to verify with.')),
        mayAsk && el('div', { class: 'actions' },
          button('Verify the computer from here', 'main', () => send('requestVerification', {}))),
        me.recoveryKey && [el('h3', null, 'Notes'), card(el('h2', null, 'My Beeper recovery key'), codeBox(me.recoveryKey, 'Recovery key'))],
      ].flat(3)
    },
  },
  networks: {
    title: 'My accounts',
    pick: (w) => [w.accounts, w.signedIn || null, w.scale],
    count: () => 0,
    draw: ([accounts, me]) => [
      accounts.length === 0 && empty('networks', 'No accounts yet', 'Networks you connect in Drawbridge are listed here, so that you can break them.'),
      accounts.map(accountCard),
      el('h3', null, 'Time'),
      card(el('p', null, 'Codes run out and syncs finish by the clock of this demo.'),
        el('div', { class: 'actions pair' },
          button('Skip 10 s', '', () => send('step', { ms: 10000 }, 'Ten seconds later')),
          button('Skip 1 min', '', () => send('step', { ms: 60000 }, 'A minute later')))),
      me && [el('h3', null, 'Account'), card(el('h2', null, me.username), el('p', null, me.email),
        el('div', { class: 'actions' }, button('Sign Beeper out on the computer', 'bad', () => send('signOut', {}, 'Signed out'))))],
    ].flat(3),
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

function verificationCard(verification) {
  const { direction, emoji, hasConfirmed, hasPeerConfirmed, ownCode, phase, verificationID } = verification
  const move = (action) => () => send('verification', { verificationID, action })
  const decline = (text) => button(text, 'bad', move('cancel'))
  const pair = (...buttons) => el('div', { class: 'actions pair' }, ...buttons)
  if (phase === 'requested') {
    return direction === 'outgoing'
      ? card(el('h2', null, 'Is this you?'), el('p', null, 'A computer has signed in to your account and asks to be verified.'),
          pair(decline('Decline'), button('Accept', 'main', move('accept'))))
      : card(el('h2', null, 'Waiting for the computer'), el('p', null, 'Accept the request in Drawbridge.'), pair(decline('Cancel')))
  }
  if (phase === 'ready' && hasConfirmed) {
    return card(el('h2', null, 'Code read'), el('p', null, 'Does the computer show a tick?'),
      pair(decline('No'), button('Yes', 'main', move('confirm'))))
  }
  if (phase === 'ready') {
    return card(el('h2', null, 'Verify the computer'), el('p', null, 'Compare emoji on both screens, or scan the code it shows.'),
      el('div', { class: 'actions' }, button('Compare emoji', 'main', move('startEmoji')),
        ownCode && button('Scan its code', '', () => send('scan', { data: ownCode }, 'Scanned')), decline('Cancel')))
  }
  if (phase === 'sas_ready') {
    return card(el('h2', null, 'Does the computer show the same?'),
      el('ul', { class: 'emoji' }, emoji.map((one) => el('li', null, el('span', { 'aria-hidden': 'true' }, one.emoji), one.name))),
      hasPeerConfirmed ? el('p', { role: 'status' }, 'You said they match. Waiting for the computer.')
        : pair(button('They don’t match', 'bad', move('mismatch')), button('They match', 'main', move('confirm'))))
  }
  return card(el('h2', null, 'Code scanned'), el('p', null, 'Say on the computer that it worked.'), pair(decline('Cancel')))
}
const endedCard = (verification) => card(el('h2', { class: verification.phase === 'done' ? 'state good' : 'state bad' },
  verification.phase === 'done' ? 'The computer is verified' : 'The verification was stopped'),
  el('p', null, verification.phase === 'done' ? 'Your messages are on their way to it.' : 'Start again when you are ready.'))

const statusWords = { connected: 'Connected', connecting: 'Connecting', backfilling: 'Fetching chats', reconnect_required: 'Logged out',
  attention_required: 'Needs attention', connection_required: 'Not connected', disconnected: 'Offline', disabled: 'Switched off' }
function accountCard(account) {
  const isFine = ['connected', 'connecting', 'backfilling'].includes(account.status)
  const who = account.user.phoneNumber || account.user.username || account.user.fullName || account.user.email || ''
  const change = (status, text, done) => () => send('account', { accountID: account.accountID, status, text }, done)
  return card(el('div', { class: 'row' }, avatar(account.network),
    el('div', { class: 'grow' }, el('h2', null, account.network), el('p', null, who)),
    el('span', { class: isFine ? 'state good' : 'state bad' }, statusWords[account.status] || account.status)),
    el('div', { class: isFine ? 'actions pair' : 'actions' }, isFine
      ? [button('Log out here', 'bad', change('reconnect_required', 'Another device signed this one out', 'Logged out')),
         button('Go offline', '', change('disconnected', 'The phone is offline', 'Offline'))]
      : [button('Connect again', 'main', change('connected', undefined, 'Connected again'))]))
}

function draw() {
  for (const item of document.querySelectorAll('[role=tab]')) {
    const isHere = item.dataset.tab === tab
    item.setAttribute('aria-selected', String(isHere))
    item.tabIndex = isHere ? 0 : -1
    const count = world ? views[item.dataset.tab].count(world) : 0
    const badge = item.querySelector('.badge')
    badge.hidden = isHere || count === 0
    badge.textContent = count
  }
  if (!world) return
  $('clock').textContent = clock(world.nowMs)
  const current = views[tab]
  const data = current.pick(world)
  const key = tab + JSON.stringify(data)
  if (key === drawn) return
  drawn = key
  // A redraw must not take the focus or fold up what was opened.
  const open = [...view.querySelectorAll('details[open]')].map((node) => node.dataset.key)
  const focused = view.contains(document.activeElement) ? document.activeElement.textContent : null
  view.setAttribute('aria-label', current.title)
  view.replaceChildren(el('h1', null, current.title), ...current.draw(data).flat(3).filter(Boolean))
  for (const node of view.querySelectorAll('details')) node.open = open.includes(node.dataset.key)
  if (focused !== null) ([...view.querySelectorAll('button, summary')].find((node) => node.textContent === focused) || view).focus()
}

let isLooking = false
async function look() {
  if (isLooking) return
  isLooking = true
  try {
    world = await (await fetch(new URL('snapshot', api))).json()
    $('signal').textContent = ''
  } catch {
    $('signal').textContent = 'No connection'
  }
  isLooking = false
  draw()
}
function show(name) {
  tab = name
  history.replaceState(null, '', '#' + name)
  view.scrollTop = 0
  draw()
}
if (!views[tab]) tab = 'mail'
const tabs = [...document.querySelectorAll('[role=tab]')]
for (const [index, item] of tabs.entries()) {
  item.addEventListener('click', () => show(item.dataset.tab))
  item.addEventListener('keydown', (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (way) { const next = tabs[(index + way + tabs.length) % tabs.length]; next.focus(); show(next.dataset.tab) }
  })
}
setInterval(() => { if (document.visibilityState === 'visible') void look() }, 1000)
document.addEventListener('visibilitychange', () => void look())
void look()
`
