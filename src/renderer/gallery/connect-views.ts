// Connecting chats as fixed Views: the list of networks, and one connection in each of its stages.
import type { InputField } from '#contract/beeper/fields'
import type { ScreenOf, View } from '#contract/view'
import type { ConnectionStage, RunningView, StepStage } from '#contract/view-connect'
import { fewNetworks, hundreds, manyNetworks, qrData } from './samples.ts'
import { problemOf, viewWith } from './view-with.ts'

const none = undefined

const connect: ScreenOf<'connect'> = {
  name: 'connect',
  status: 'loaded',
  networks: fewNetworks,
  problem: none,
  connectedCount: 1,
  isSyncing: false,
}

/** A connection that goes on beside the screen. @param networkName what it connects @param state where it stands */
export const runningOne = (networkName: string, state: RunningView['state']): RunningView => ({
  connectionID: `running-${networkName}`,
  networkName,
  networkType: networkName.toLowerCase(),
  state,
  isShown: false,
})

/** A View of a connection in some stage. @param stage where it stands @param networkName what it connects */
export const connectionView = (stage: ConnectionStage, networkName = 'WhatsApp'): View =>
  viewWith({
    name: 'connection',
    connection: { connectionID: 'c1', networkName, networkType: networkName.toLowerCase(), stage },
  })

/** The stage of a step that waits for the person. @param step what is asked @param more what differs from that */
export const stepStage = (step: StepStage['step'], more: Partial<StepStage> = {}): StepStage => ({
  phase: 'step',
  serial: 1,
  step,
  isBusy: false,
  isRejected: false,
  unfit: [],
  isStale: false,
  minutesLeft: none,
  otherFlows: [],
  problem: none,
  ...more,
})

/** A field that has to be filled in. @param id also its label @param more what differs from that */
export const field = (id: string, more: Partial<InputField> = {}): InputField => ({
  id,
  type: 'text',
  isSecret: false,
  label: id,
  description: '',
  placeholder: '',
  initialValue: '',
  isRequired: true,
  options: [],
  pattern: none,
  ...more,
})

export const form: StepStage['step'] = {
  type: 'user_input',
  stepID: 'form',
  instructions: 'Enter the phone number of your account, and the password if you have set one.',
  fields: [
    field('phone', { type: 'phone', label: 'Phone number', placeholder: '+1 415 555 0123' }),
    field('password', { type: 'password', isSecret: true, label: 'Password', isRequired: false }),
  ],
  attachments: [],
}
export const qr: StepStage['step'] = {
  type: 'display_and_wait',
  stepID: 'qr',
  instructions: 'Open WhatsApp on your phone, go to Linked devices and scan this code.',
  display: { type: 'qr', data: qrData },
}
const wait = (
  display: Extract<StepStage['step'], { type: 'display_and_wait' }>['display'],
  instructions: string,
): StepStage['step'] => ({
  type: 'display_and_wait',
  stepID: display.type,
  instructions,
  display,
})

type DoneStage = Extract<ConnectionStage, { phase: 'done' }>
/** The stage of an account that is connected. @param more what differs from the ordinary */
export const doneStage = (more: Partial<DoneStage> = {}): DoneStage => ({
  phase: 'done',
  person: { name: 'Ada Example', detail: '+1 415 555 0123', imageURL: none },
  wasKnown: false,
  watch: 'watching',
  statusText: '',
  instructions: '',
  ...more,
})

/** Connections beside the screen. */
export const severalRunning: readonly RunningView[] = [
  runningOne('Telegram', 'needs-you'),
  runningOne('Signal', 'phone'),
  runningOne('Discord', 'done'),
]
const runningStates = ['phone', 'needs-you', 'working', 'done', 'fell-off', 'failed', 'interrupted'] as const
/** Ten at once, in each state there is. */
const tenRunning = fewNetworks
  .slice(0, 10)
  .map(({ name, type }, index) => ({ ...runningOne(name, runningStates[index % 7] ?? 'working'), networkType: type }))
/** The connection on the screen is one of them. */
const besides = (view: View, running: readonly RunningView[]): View => ({
  ...view,
  running: [{ ...runningOne('WhatsApp', 'phone'), connectionID: 'c1', isShown: true }, ...running],
})

export const connectViews = {
  connect: viewWith({ ...connect, isSyncing: true }),
  'connect-none': viewWith({
    ...connect,
    networks: fewNetworks.filter((network) => network.accounts.length === 0),
    connectedCount: 0,
  }),
  'connect-many': viewWith({ ...connect, networks: manyNetworks }),
  hundreds: viewWith({ ...connect, networks: hundreds, connectedCount: 1000 }),
  'connect-failed': viewWith({
    ...connect,
    status: 'failed',
    networks: [],
    connectedCount: 0,
    problem: problemOf('beeper.timeout'),
  }),
  'connection-loading': connectionView({ phase: 'loading' }),
  'connection-choosing': connectionView({
    phase: 'choosing',
    flows: [
      { id: 'qr', name: 'QR', description: 'Scan a QR code with the WhatsApp app on your phone' },
      { id: 'phone', name: 'Pairing code', description: 'Type a code into the WhatsApp app on your phone' },
    ],
  }),
  'connection-form': connectionView(stepStage(form), 'Telegram'),
  'connection-rejected': connectionView(stepStage(form, { isRejected: true }), 'Telegram'),
  'connection-qr': connectionView(stepStage(qr)),
  'connection-code': connectionView(
    stepStage(wait({ type: 'code', data: 'FXJ3-9K2M' }, 'Type this code on your phone, under Linked devices.')),
  ),
  'connection-emoji': connectionView(
    stepStage(
      wait(
        { type: 'emoji', imageURL: 'https://fonts.gstatic.com/s/e/notoemoji/latest/1f98a/emoji.svg', emoji: '🦊' },
        'Tap this emoji in Google Messages on the phone.',
      ),
    ),
    'Google Messages',
  ),
  'connection-picture': connectionView(
    stepStage(
      wait(
        { type: 'emoji', imageURL: 'https://pictures.example/tap.png', emoji: none },
        'Tap this picture in Google Messages on the phone.',
      ),
    ),
    'Google Messages',
  ),
  'connection-wait': connectionView(stepStage(wait({ type: 'nothing' }, 'Confirm the sign-in on your phone.'))),
  'connection-cookies': connectionView(
    stepStage({
      type: 'cookies',
      stepID: 'web',
      instructions: 'Sign in to Instagram.',
      url: 'https://www.instagram.com/',
      fields: ['sessionid', 'csrftoken', 'mid', 'ig_did', 'ds_user_id'].map((name) => ({
        id: name,
        name,
        kind: 'cookie',
        isRequired: true,
        pattern: none,
      })),
    }),
    'Instagram',
  ),
  'connection-unsupported': connectionView(
    stepStage({ type: 'unsupported', wireType: 'webauthn', instructions: 'Use your passkey.' }),
    'Google Chat',
  ),
  'connection-unreadable': connectionView(stepStage({ type: 'unreadable', wireType: 'user_input' })),
  'connection-done': connectionView(doneStage()),
  'connection-failed': connectionView({
    phase: 'failed',
    problem: problemOf('connect.refused', {
      says: 'Too many linked devices. Remove one on your phone and try again.',
      detail: 'FI.MAU.WHATSAPP.LIMIT',
    }),
    otherFlows: [],
  }),
  'connection-interrupted': connectionView({ phase: 'interrupted' }),
  'running-connect': viewWith(connect, { running: severalRunning }),
  'running-one': besides(connectionView(stepStage(qr)), severalRunning.slice(0, 1)),
  'running-qr': besides(connectionView(stepStage(qr)), severalRunning),
  'running-ten': besides(connectionView(stepStage(form), 'Telegram'), tenRunning),
  'running-ten-connect': viewWith(connect, { running: tenRunning }),
} satisfies Record<string, View>
