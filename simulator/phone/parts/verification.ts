// The other device's half of a verification: what it shows at each moment, and its own code to be read.
export const verification = String.raw`
const glyphs = {
  phone: '<rect x="7" y="2.8" width="10" height="18.4" rx="2.4"/><path d="M11 18h2"/>',
  tablet: '<rect x="4.5" y="2.8" width="15" height="18.4" rx="2.2"/><path d="M10.8 18.2h2.4"/>',
  stranger: '<circle cx="12" cy="8" r="3.6"/><path d="M5 20.5c.8-4 3.6-6 7-6s6.2 2 7 6"/><path d="M17.5 3.5h.01M19.5 6h.01"/>',
}
function glyph(name) {
  const picture = el('span', { class: name === 'stranger' ? 'avatar foreign' : 'avatar', 'aria-hidden': 'true' })
  picture.innerHTML = '<svg viewBox="0 0 24 24">' + glyphs[name] + '</svg>'
  return picture
}
const kindOf = (device) => /tablet|pad/i.test((device && device.name) || '') ? 'tablet' : 'phone'
const nameOf = (device) => (device && (device.name || device.id)) || 'Your devices'

/** The head that says which device this card is. */
function deviceHead(one, title, text) {
  const who = one.isStranger ? nameOf(one.device) + ' of ' + one.otherUserID : nameOf(one.device)
  return [el('div', { class: 'row' }, glyph(one.isStranger ? 'stranger' : kindOf(one.device)),
    el('div', { class: 'grow' }, el('h2', null, title), el('p', { class: one.isStranger ? 'who bad' : 'who' }, who))),
    text && el('p', { class: 'text' }, text)]
}

/** A picture of the code that can be seen by a camera, dragged away or copied. */
function codePicture(picture) {
  const scale = 6
  const canvas = el('canvas', { width: picture.side * scale, height: picture.side * scale })
  const brush = canvas.getContext('2d')
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.scale(scale, scale)
  brush.fillStyle = '#000'
  brush.fill(new Path2D(picture.path))
  return { canvas, image: el('img', { class: 'qr', src: canvas.toDataURL(), alt: 'Code that this device shows' }) }
}
function shownCode(one) {
  const { canvas, image } = codePicture(one.peerPicture)
  const text = /^[ -~]*$/.test(one.peerCode) ? one.peerCode : btoa(one.peerCode)
  const hidden = el('output', { class: 'offscreen', 'aria-hidden': 'true' }, text)
  const copyPicture = async () => {
    try {
      const blob = await new Promise((resolve) => canvas.toBlob(resolve))
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
      toast('Picture copied')
    } catch {
      toast('This window may not copy pictures. Copy the text, or drag the picture.')
    }
  }
  return el('div', { class: 'shown' },
    el('p', null, 'Or let the computer read this code: hold it up to the camera, drag the picture over, or copy it.'),
    image, hidden,
    el('div', { class: 'actions pair' }, button('Copy picture', 'small', copyPicture), button('Copy as text', 'small', () => copy(text, hidden))))
}

function verificationCard(one) {
  const { devices, direction, emoji, hasConfirmed, hasPeerConfirmed, isRead, methods, ownCode, peerPicture, phase, verificationID } = one
  const move = (action, deviceID) => () => send('verification', { verificationID, action, deviceID })
  const decline = (text) => button(text, 'bad', move('cancel'))
  const pair = (...buttons) => el('div', { class: 'actions pair' }, ...buttons)
  const draw = (...children) => el('section', { class: 'card', 'data-key': verificationID }, children.flat(3).filter(Boolean))
  if (phase === 'requested' && direction === 'incoming') {
    return draw(deviceHead(one, 'Waiting for the computer', 'Accept the request in Drawbridge.'), pair(decline('Cancel')))
  }
  if (phase === 'requested') {
    const head = deviceHead(one, 'Is this you?', 'A computer has signed in to your account and asks to be verified.')
    if (one.device || devices.length < 2) return draw(head, pair(decline('Decline'), button('Accept', 'main', move('accept'))))
    return draw(head, el('div', { class: 'actions' },
      devices.map((device) => button('Accept on ' + nameOf(device), 'main', move('accept', device.id))), decline('Decline')))
  }
  if (isRead) {
    return draw(deviceHead(one, 'Code read', 'Does the computer show a tick?'),
      pair(decline('No'), button('Yes', 'main', move('confirm'))))
  }
  if (phase === 'ready') {
    const hasEmoji = methods.includes('sas')
    const waysIn = [hasEmoji && button('Compare emoji', 'main', move('startEmoji')),
      ownCode && button('Scan its code', hasEmoji ? '' : 'main', () => send('scan', { data: ownCode }, 'Scanned'))].filter(Boolean)
    return draw(deviceHead(one, 'Verify the computer', waysIn.length === 0 && !peerPicture
        ? 'This device and the computer have no way in common to make sure of each other.'
        : hasEmoji ? 'Compare emoji on both screens, or scan the code it shows.' : 'Scan the code it shows.'),
      el('div', { class: 'actions' }, waysIn, decline('Cancel')), peerPicture && shownCode(one))
  }
  if (phase === 'sas_ready') {
    return draw(deviceHead(one, 'Does the computer show the same?'),
      el('ul', { class: 'emoji' }, emoji.map((symbol) => el('li', null, el('span', { 'aria-hidden': 'true' }, symbol.emoji), symbol.name))),
      hasPeerConfirmed ? [el('p', { role: 'status' }, 'You said they match. Waiting for the computer.'), pair(decline('Cancel'))]
        : pair(button('They don’t match', 'bad', move('mismatch')), button('They match', 'main', move('confirm'))),
      hasConfirmed && !hasPeerConfirmed && el('p', { class: 'note' }, 'The computer says that they match.'))
  }
  return draw(deviceHead(one, 'Code scanned', 'Say on the computer that it worked.'), pair(decline('Cancel')))
}

const reasons = { 'm.timeout': 'Nobody answered in time.', 'm.user': 'One side has cancelled it.', 'm.accepted': 'Another device has taken it.',
  'm.mismatched_sas': 'The two screens did not show the same.', 'm.unknown_method': 'They have no way in common.' }
function endedCard(one) {
  const isDone = one.phase === 'done'
  const why = one.error ? reasons[one.error.code] || one.error.reason : ''
  return el('section', { class: 'card', 'data-key': one.verificationID },
    deviceHead(one, isDone ? 'Verified' : one.phase === 'error' ? 'It failed' : 'It was stopped').filter(Boolean),
    el('p', { class: isDone ? 'state good text' : 'state bad text' }, isDone
      ? one.isStranger ? 'Nothing on the computer changes by that.' : 'The computer and this device trust each other.'
      : why + ' Start again when you are ready.'))
}
`
