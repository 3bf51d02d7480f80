// The inbox: codes that Beeper mails.
export const mail = String.raw`
views.mail = {
  title: 'Inbox',
  pick: (w) => [w.mails, w.people, w.state],
  count: (w) => (w.state === 'needs-login' ? w.mails.slice(0, 1).length : 0),
  draw: ([mails, people, state]) => mails.length === 0
    ? [empty('mail', 'No mail yet', 'The sign-in code arrives here once you ask for it in Drawbridge.'),
       state === 'needs-login' && people.length > 0 && el('p', { class: 'hint' }, 'Any address makes a new account. ',
         el('b', null, people[0].email), ' has one already, with other devices and a recovery key.')]
    : mails.map((mail, index) => {
        const isOld = mails.findIndex((other) => other.to === mail.to) < index
        const spaced = mail.code.slice(0, 3) + ' ' + mail.code.slice(3)
        return el('section', { class: isOld ? 'card stale' : 'card' },
          el('div', { class: 'row' }, avatar('Beeper'),
            el('div', { class: 'grow' }, el('h2', null, mail.subject), el('p', null, 'To ' + mail.to)),
            el('span', { class: 'time' }, clock(mail.sentAtMs))),
          isOld ? el('p', null, 'Code ' + spaced + ' no longer counts: a newer mail was sent.') : codeBox(mail.code, 'Sign-in code', spaced))
      }),
}
`
