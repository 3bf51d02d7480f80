// Beeper on the other devices of the account: requests to and fro, and the notes with the recovery key.
export const beeper = String.raw`
const hasTurn = (one) => one.isLive && (one.phase === 'requested' ? one.direction === 'outgoing'
  : one.phase === 'ready' || (one.phase === 'sas_ready' && !one.hasPeerConfirmed))

const ownerOf = ({ username }) => username[0].toUpperCase() + username.slice(1)

/** One button for each device that could ask, and one for a device that is not there yet. */
function askCard(me, devices, isBusy) {
  if (devices.length === 0) {
    return card(el('h2', null, 'Beeper is not on this phone yet'), el('p', null, 'Sign in here, and this phone can vouch for the computer.'),
      el('div', { class: 'actions' }, button('Sign in on this phone', 'main', () => send('device',
        { id: 'MYPHONE001', name: ownerOf(me) + '’s phone', sharesSecrets: true }, 'Signed in'))))
  }
  const ask = (device) => () => send('requestVerification', { deviceID: device.id }, 'Asked')
  return [el('div', { class: 'actions' },
    devices.length === 1 ? button('Verify the computer from here', isBusy ? '' : 'main', ask(devices[0]))
      : devices.map((device) => button('Verify from ' + nameOf(device), '', ask(device))),
    devices.length === 1 && button('Get a tablet as well', '', () => send('device',
      { id: 'MYTABLET01', name: ownerOf(me) + '’s tablet', sharesSecrets: true }, 'The tablet is signed in')))]
}

views.beeper = {
  title: 'Beeper',
  pick: (w) => [w.verifications, w.devices, w.signedIn || null, w.state, w.stateBehind !== undefined],
  count: (w) => w.verifications.filter(hasTurn).length,
  draw: ([verifications, devices, me, state, isHeld]) => {
    if (!me) return [empty('beeper', 'Signed out', 'Beeper on this phone wakes up when you are signed in on the computer.')]
    const live = verifications.filter((one) => one.isLive)
    const last = verifications.filter((one) => !one.isLive).slice(-1)
    const isSetUp = me.recoveryKey !== undefined || devices.length > 0
    return [
      live.toReversed().map((one) => verificationCard({ ...one, devices })), live.length === 0 && last.map(endedCard),
      live.length + last.length === 0 && devices.length > 0
        && card(el('h2', null, 'All quiet'), el('p', null, 'When the computer asks to be verified, the request appears here.')),
      !isSetUp && card(el('h2', null, 'A new account'), el('p', null, 'It has no recovery key yet. Drawbridge makes one with you.')),
      live.length > 0 && el('h3', null, 'Ask from here'),
      isSetUp && askCard(me, devices, live.length > 0),
      isSetUp && troubleList(live, devices, isHeld),
      me.recoveryKey && [el('h3', null, 'Notes'), card(el('h2', null, 'My Beeper recovery key'), codeBox(me.recoveryKey, 'Recovery key'))],
    ].flat(3)
  },
}
`
