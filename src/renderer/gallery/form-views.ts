// Forms of networks as fixed Views: every type of field, every way in which one comes back, and values of a website.
import type { InputField } from '#contract/beeper/fields'
import type { CookieField, LoginStep } from '#contract/beeper/login'
import type { LoginFlow } from '#contract/beeper/networks'
import type { View } from '#contract/view'
import type { StepStage } from '#contract/view-connect'
import { connectionView, field, stepStage } from './connect-views.ts'
import { markup } from './samples.ts'
import { problemOf } from './view-with.ts'

type InputStep = Extract<LoginStep, { type: 'user_input' }>
type CookieStep = Extract<LoginStep, { type: 'cookies' }>

/** A form. @param fields what it asks for @param more what differs from one without words and pictures */
export const formOf = (fields: readonly InputField[], more: Partial<InputStep> = {}): InputStep => ({
  type: 'user_input',
  stepID: 'form',
  instructions: '',
  fields,
  attachments: [],
  ...more,
})

/** A View of a form. @param step what it asks for @param more how it stands @param networkName who asks */
export const formView = (step: LoginStep, more: Partial<StepStage> = {}, networkName = 'Telegram'): View =>
  connectionView(stepStage(step, more), networkName)

export const phone = field('phone', { type: 'phone', label: 'Phone number', placeholder: '+' })
export const username = field('username', { type: 'username', label: 'Username or email address' })
export const password = field('password', { type: 'password', isSecret: true, label: 'Password' })
export const code = field('code', {
  type: 'code',
  isSecret: true,
  label: 'Confirmation code',
  description: 'Six characters',
})
export const choice = field('mfatype', {
  type: 'select',
  label: 'Login method',
  options: ['Notification on another device', 'Authentication app', 'Text message', 'WhatsApp', 'Email', 'Backup code'],
})

const flow = (name: string, description: string): LoginFlow => ({ id: name.toLowerCase(), name, description })
const otherFlows = [
  flow('QR code', 'Scan a code with the app on your phone'),
  flow('Bot token', 'Sign in as a bot, with the token that BotFather gave you'),
]

const every: readonly InputField[] = [
  field('name', { label: 'Name of this device', placeholder: 'Laptop', isRequired: false }),
  username,
  password,
  field('email', { type: 'email', label: 'Email', initialValue: 'ada@example.com' }),
  phone,
  field('captcha', { type: 'captcha', label: 'Captcha code' }),
  field('token', {
    type: 'token',
    isSecret: true,
    label: 'Bot token',
    placeholder: 'xoxb-',
    description: 'Starts with `xoxb-`. Made at https://api.slack.com/apps.',
  }),
  field('url', { type: 'url', label: 'Server', placeholder: 'https://' }),
  field('domain', { type: 'domain', label: 'Workspace', placeholder: 'acme.slack.com' }),
  field('region', { ...choice, id: 'region', label: 'Region', options: ['Europe', 'North America', 'Asia'] }),
  code,
]

const thirty = Array.from({ length: 30 }, (_, index) =>
  field(`field ${String(index + 1)}`, { label: `Field ${String(index + 1)}`, isRequired: index % 2 === 0 }),
)

/** A wobbly word, as such puzzles are. */
const puzzle = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="280" height="70"><path d="M0 50Q70 10 140 45T280 20" fill="none" stroke="#8a8" stroke-width="3"/><text x="40" y="48" font-family="serif" font-size="40" letter-spacing="12" transform="rotate(-3 140 35)" fill="#234">w4lrus</text></svg>',
)}`
/** A tenth of a second of silence. */
const silence = `data:audio/wav;base64,${btoa(
  `RIFF\x44\x03\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x20\x03\x00\x00${'\x80'.repeat(800)}`,
)}`

export const captcha = formOf([field('captcha_code', { type: 'captcha', label: 'Captcha code' })], {
  instructions: 'Facebook wants a puzzle solved.',
  attachments: [
    { kind: 'picture', name: 'captcha.png', dataURL: puzzle },
    { kind: 'sound', name: 'captcha.wav', dataURL: silence },
  ],
})

const signIn = formOf([username, password], {
  instructions: 'Enter the Facebook sign-in. Only Facebook accounts work here.',
})

export const cookie = (name: string, more: Partial<CookieField> = {}): CookieField => ({
  id: name,
  name,
  kind: 'cookie',
  isRequired: true,
  pattern: undefined,
  ...more,
})

export const cookies: CookieStep = {
  type: 'cookies',
  stepID: 'web',
  instructions: 'Sign in to the Slack workspace.',
  url: 'https://slack.com/signin',
  fields: [
    cookie('auth_token', { kind: 'other' }),
    cookie('d'),
    cookie('X-Slack-User', { kind: 'header', isRequired: false }),
    cookie('localConfig_v2', { kind: 'local_storage' }),
  ],
}

const rich = `Type the code from \`Settings\` → **Devices**.\nHelp: https://faq.example/codes.`

export const formViews = {
  'form-phone': formView(formOf([{ ...phone, description: 'Country code with plus' }]), { otherFlows }),
  'form-phone-typed': formView(formOf([{ ...phone, initialValue: '+491701234567' }]), { otherFlows }),
  'form-sign-in': formView(signIn, {}, 'Facebook'),
  'form-busy': formView(signIn, { isBusy: true }, 'Facebook'),
  'form-rejected': formView(
    { ...signIn, instructions: 'Facebook did not accept that sign-in. Enter the Facebook sign-in.' },
    { isRejected: true, serial: 2 },
    'Facebook',
  ),
  'form-code': formView(formOf([code], { instructions: 'Enter the six characters from the email.' }), {}, 'Slack'),
  'form-code-rejected': formView(
    formOf([code], { instructions: 'Slack did not accept that code.' }),
    { isRejected: true, serial: 2 },
    'Slack',
  ),
  'form-unheard': formView(
    formOf([phone]),
    { problem: problemOf('connect.not-taken', { says: 'Try the number with its country.' }), serial: 2 },
    'WhatsApp',
  ),
  'form-unfit': formView(formOf(every.slice(0, 4)), { unfit: ['username', 'email'], minutesLeft: 3 }, 'Slack'),
  'form-captcha': formView(captcha, {}, 'Facebook'),
  'form-choice': formView(formOf([choice], { instructions: 'Choose how to finish the sign-in.' }), {}, 'Facebook'),
  'form-choice-rejected': formView(
    formOf([choice], { instructions: 'That did not work. Choose another way.' }),
    { isRejected: true, serial: 2 },
    'Facebook',
  ),
  'form-continue': formView(
    formOf([{ ...choice, label: 'Confirm on your phone', options: ['I have confirmed it'] }], {
      instructions: 'Open the app on your phone and confirm that it is you.',
    }),
    {},
    'LinkedIn',
  ),
  'form-every': formView(formOf(every, { instructions: rich }), {}, 'Slack'),
  'form-thirty': formView(formOf(thirty), {}, 'Weechat Relay'),
  'form-nothing': formView(formOf([], { instructions: 'Accept the invitation in your email, then go on.' })),
  'form-hostile': formView(
    formOf(
      [
        field('a', { label: `\u202e${markup}`, description: markup.repeat(4), placeholder: 'x'.repeat(200) }),
        field('b', { ...choice, id: 'b', label: 'ا'.repeat(180), options: ['y'.repeat(400), '\u202emoc'] }),
      ],
      { instructions: `${markup}\n${'z'.repeat(700)}` },
    ),
    { unfit: ['a', 'b'], otherFlows: [flow(markup, '\u202e'.repeat(9))] },
    '\u202eنت',
  ),
  'form-cookies': formView(cookies, { otherFlows }, 'Slack'),
  'form-cookies-alone': formView(
    { ...cookies, instructions: 'That did not open the workspace. Sign in once more.' },
    { isRejected: true, serial: 2 },
    'Slack',
  ),
} satisfies Record<string, View>
