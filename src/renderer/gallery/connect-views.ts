// Connecting chats as fixed Views: the list of networks, and one connection in each of its stages.
import type { ConnectionStage, ScreenOf, View } from '#contract/view'
import { fewNetworks, manyNetworks, qrData } from './samples.ts'
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

/** A View of a connection in some stage. @param stage where it stands @param networkName what it connects */
export const connectionView = (stage: ConnectionStage, networkName = 'WhatsApp'): View =>
  viewWith({
    name: 'connection',
    connection: { connectionID: 'c1', networkName, networkType: networkName.toLowerCase(), stage },
  })

type Step = Extract<ConnectionStage, { phase: 'step' }>

/** The stage of a step that waits for the person. @param step what is asked @param more what differs from that */
export const stepStage = (step: Step['step'], more: Partial<Step> = {}): Step => ({
  phase: 'step',
  serial: 1,
  step,
  isBusy: false,
  isRejected: false,
  problem: none,
  ...more,
})

export const form: Step['step'] = {
  type: 'user_input',
  stepID: 'form',
  instructions: 'Enter the phone number of your account, and the password if you have set one.',
  fields: [
    {
      id: 'phone',
      type: 'phone',
      label: 'Phone number',
      placeholder: '+1 415 555 0123',
      initialValue: '',
      isRequired: true,
    },
    { id: 'password', type: 'password', label: 'Password', placeholder: '', initialValue: '', isRequired: false },
  ],
}
export const qr: Step['step'] = {
  type: 'display_and_wait',
  stepID: 'qr',
  instructions: 'Open WhatsApp on your phone, go to Linked devices and scan this code.',
  display: { type: 'qr', data: qrData },
}
const wait = (
  display: Extract<Step['step'], { type: 'display_and_wait' }>['display'],
  instructions: string,
): Step['step'] => ({
  type: 'display_and_wait',
  stepID: display.type,
  instructions,
  display,
})

export const connectViews = {
  connect: viewWith({ ...connect, isSyncing: true }),
  'connect-none': viewWith({
    ...connect,
    networks: fewNetworks.filter((network) => network.accountNames.length === 0),
    connectedCount: 0,
  }),
  'connect-many': viewWith({ ...connect, networks: manyNetworks }),
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
        { type: 'emoji', imageURL: 'https://fonts.gstatic.com/s/e/notoemoji/latest/1f98a/emoji.svg' },
        'Tap this emoji in Google Messages on the phone.',
      ),
    ),
    'Google Messages',
  ),
  'connection-picture': connectionView(
    stepStage(
      wait(
        { type: 'emoji', imageURL: 'https://pictures.example/tap.png' },
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
    }),
    'Instagram',
  ),
  'connection-unsupported': connectionView(
    stepStage({ type: 'unsupported', wireType: 'webauthn', instructions: 'Use your passkey.' }),
    'Google Chat',
  ),
  'connection-unreadable': connectionView(stepStage({ type: 'unreadable', wireType: 'user_input' })),
  'connection-done': connectionView({ phase: 'done', accountName: 'Ada Example', instructions: '' }),
  'connection-failed': connectionView({
    phase: 'failed',
    problem: problemOf('connect.refused', {
      says: 'Too many linked devices. Remove one on your phone and try again.',
      detail: 'FI.MAU.WHATSAPP.LIMIT',
    }),
  }),
} satisfies Record<string, View>
