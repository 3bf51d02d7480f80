// What is shown while the phone has to act, and texts that come with it.
import { network, wait } from './parts.ts'

export const displays = network('displays', 'Every Display', {
  flows: [
    wait('unheard-of', 'A display nobody knows', 'done', {
      instructions: 'Hold the phone to the speaker',
      display: { type: 'ultrasound', more: { hertz: [18_000, 19_500], data: 'beep' } },
    }),
    wait('code-address', 'A code that is an address', 'code_entered', {
      instructions: 'Open this address on the phone',
      display: { type: 'code', data: 'https://chat.example.com/link?code=K7QH3XPD&from=desktop' },
    }),
    wait('code-plain', 'A code without a dash', 'code_entered', {
      instructions: 'Type this into the app',
      display: { type: 'code', data: 'WKTRBLQZ' },
    }),
    wait('code-long', 'A code of forty', 'code_entered', {
      instructions: 'Type this into the app',
      display: { type: 'code', data: 'a0B1c2D3e4F5g6H7i8J9k0L1m2N3o4P5q6R7s8T9' },
    }),
    wait('emoji-sequence', 'An emoji of three characters', 'tap_right', {
      instructions: 'Tap this emoji on the phone',
      display: {
        type: 'emoji',
        imageURL: 'https://fonts.gstatic.com/s/e/notoemoji/latest/1f6ae_200d_1f4a8/emoji.svg',
        rich: { data: '\u{1F6AE}\u200D\u{1F4A8}' },
      },
    }),
    wait('emoji-nameless', 'An emoji whose address names nothing', 'tap_right', {
      instructions: 'Tap this emoji on the phone',
      display: { type: 'emoji', imageURL: 'https://pictures.example.com/8f14e45f.png' },
    }),
    wait('emoji-missing', 'An emoji whose picture is gone', 'tap_right', {
      instructions: 'Tap this emoji on the phone',
      display: { type: 'emoji', imageURL: 'https://pictures.example.com/gone' },
    }),
    wait('qr-and-picture', 'A QR code with a picture beside it', 'scan', {
      instructions: 'Scan this code',
      display: {
        type: 'qr',
        data: 'lab:{n}',
        rich: { imageURL: 'https://pictures.example.com/qr.png' },
      },
    }),
    wait('qr-too-long', 'A QR code that holds too much', 'scan', {
      instructions: 'Scan this code',
      display: { type: 'qr', data: `lab:{n}:${'x'.repeat(5_000)}` },
    }),
  ],
})

const bidi = 'Name: \u202Egnp.exe\u202C \u2066left\u2069 \u200Fشكرا\u200E'
const markup = '<img src=x onerror="wasRun=1"> <b>bold</b> <a href="https://evil.example">here</a> &lt;i&gt;'
const links =
  'Open https://chat.example.com/link?a=1&b=2 or http://chat.example.com, write to mailto:help@example.com, never javascript:wasRun=1 or file:///etc/passwd, https://ada:pw@evil.example/ and https://xn--80ak6aa92e.com'

export const words = network('words', 'Instructions', {
  flows: [
    wait('everything', 'Links, Markdown, a PIN, bidi and markup', 'approve', {
      instructions: [
        '**Approve** the sign-in on another device.\nYour PIN is `4 8 1 5 1 6`; it is shown nowhere else.',
        '# Not a heading\n- not a list\n[not a link](https://evil.example)',
        links,
        bidi,
        markup,
      ].join('\n\n'),
      display: { type: 'nothing' },
    }),
    wait('long', 'A text of 100 kB', 'approve', {
      instructions: `It begins here. ${'All work and no play makes a long text. '.repeat(2_600)}It ends here.`,
      display: { type: 'nothing' },
    }),
    wait('one-word', 'A word of 10 kB', 'approve', { instructions: 'x'.repeat(10_000), display: { type: 'nothing' } }),
    wait('silent', 'No word at all', 'approve', { display: { type: 'nothing' } }),
  ],
})
