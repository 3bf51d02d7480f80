// Accounts to break, the clock, and the computer that Beeper runs on.
export const accounts = String.raw`
views.networks = {
  title: 'My accounts',
  pick: (w) => [w.accounts, w.signedIn || null, w.state, w.isUp],
  count: () => 0,
  draw: ([accounts, me, state, isUp]) => [
    accounts.length === 0 && empty('networks', 'No accounts yet', 'Networks you connect in Drawbridge are listed here, so that you can break them.'),
    accounts.map(accountCard),
    el('h3', null, 'Time'),
    card(el('p', null, 'Codes run out and syncs finish by the clock of this demo.'),
      el('div', { class: 'actions pair' },
        button('Skip 10 s', '', () => send('step', { ms: 10000 }, 'Ten seconds later')),
        button('Skip 1 min', '', () => send('step', { ms: 60000 }, 'A minute later')))),
    me && [el('h3', null, 'Beeper on the computer'),
      card(el('div', { class: 'row' }, el('div', { class: 'grow' }, el('h2', null, isUp ? 'Running' : 'Away'),
        el('p', null, isUp ? 'Setup says ' + state + '.' : 'Nothing answers at the moment.')),
        !isUp && button('Start it', 'main small', () => send('start', {}, 'Started')))),
      computerTrouble(state)],
    me && [el('h3', null, 'Account'), card(el('h2', null, me.username), el('p', null, me.email),
      el('div', { class: 'actions' }, button('Sign Beeper out on the computer', 'bad', () => send('signOut', {}, 'Signed out'))))],
  ].flat(3),
}

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
`
