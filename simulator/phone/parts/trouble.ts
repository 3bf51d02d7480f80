// What goes wrong in real life, to be had at a tap.
export const trouble = String.raw`
const listItem = (title, text, onclick, isOn) => el('button', { class: 'item', type: 'button', onclick,
  role: isOn === undefined ? null : 'switch', 'aria-checked': isOn === undefined ? null : String(isOn) },
  el('span', { class: 'grow' }, el('b', null, title), el('small', null, text)), isOn !== undefined && el('i', { class: 'knob', 'aria-hidden': 'true' }))
const list = (...items) => el('div', { class: 'list' }, items.flat().filter(Boolean))
const fold = (key, title, ...children) => el('details', { class: 'fold', 'data-key': key }, el('summary', null, title), children)

/** Of the newest verification that runs, or of the next one. */
function troubleList(live, devices, isHeld) {
  const one = live.at(-1)
  const verificationID = one && one.verificationID
  const stop = (code, phase, reason) => () => send('stop', { verificationID, code, phase, reason }, 'Done')
  const shape = (change, now) => () => send('shape', { verificationID: one && now ? verificationID : undefined, ...change }, one && now ? 'Done' : 'Next time')
  const isEarly = one && (one.phase === 'requested' || one.phase === 'ready')
  const isEager = devices.some((device) => device.answersAfterMs !== undefined)
  const settle = (answersAfterMs) => async () => { for (const { id } of devices) await send('device', { id, answersAfterMs }) }
  return fold('trouble', 'Let something go wrong', list(
    listItem('A stranger asks', 'Somebody else’s laptop wants to be verified', () => send('requestVerification',
      { userID: '@stranger:example.org', deviceID: 'STRANGER01', deviceName: 'Some laptop' }, 'The stranger has asked')),
    listItem('Somebody sits in between', one ? 'The emoji here differ from the computer’s' : 'The next emoji here will differ from the computer’s', shape({ isIntercepted: true }, true)),
    listItem('Nothing in common', isEarly ? 'No emoji, no codes' : 'The next one has no emoji and no codes', shape({ methods: [] }, isEarly)),
    one && [
      listItem('Time runs out', 'As if nobody had answered for ten minutes', stop('m.timeout', 'cancelled', 'Nobody answered in time')),
      listItem('Another device takes it', 'It is answered elsewhere', stop('m.accepted', 'cancelled', 'Accepted on another device')),
      listItem('It fails', 'The server gives up with an error', stop('m.invalid_message', 'error', 'A message could not be read')),
      listItem('It vanishes', 'From one moment to the next it is not there', () => send('vanish', { verificationID }, 'Gone')),
    ],
    devices.length > 0 && listItem('Act without me', 'This side accepts and compares by itself, after 8 seconds', settle(isEager ? null : 8000), isEager),
    listItem('The computer stays as it is', 'Whatever is confirmed, Beeper does not unlock', () => send('setup', { isHeld: !isHeld }), isHeld)))
}

const computerStates = [
  ['needs-verification', 'It wants to be verified again'], ['needs-secrets', 'It is trusted but cannot read old messages'],
  ['needs-first-sync', 'It fetches messages'], ['initializing', 'It starts up'], ['needs-moving-house', 'A state that nobody knows'], ['ready', 'All is well'],
]
const computerTrouble = (state) => fold('computer', 'Let something go wrong', list(
  listItem('Restart Beeper', 'It is away for 15 seconds and forgets what was running', () => send('restart', { downMs: 15000, initializingMs: 2000 }, 'Beeper restarts')),
  listItem('Lose the event channel', 'Nothing is pushed to Drawbridge for the moment', () => send('dropSockets', {}, 'Cut')),
  computerStates.map(([name, text]) => name !== state && listItem(text, 'Beeper says ' + name, () => send('state', { state: name }, 'Beeper says ' + name)))))
`
