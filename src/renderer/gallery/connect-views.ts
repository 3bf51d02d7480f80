// One connection as fixed Views, in each of its stages.
import type { InputField } from '#contract/beeper/fields'
import type { View } from '#contract/view'
import type { ConnectionStage, StepStage } from '#contract/view-connect'
import { besides, catalogueViews, severalRunning, tenRunning } from './catalogue-views.ts'
import { hostileTexts } from './hostile-texts.ts'
import { longName, qrData, shopName } from './samples.ts'
import { problemOf, viewWith } from './view-with.ts'

const none = undefined

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

export const connectViews = {
  ...catalogueViews,
  'connection-loading': connectionView({ phase: 'loading' }),
  'connection-choosing': connectionView({
    phase: 'choosing',
    flows: [
      { id: 'qr', name: 'QR', description: 'Scan a QR code with the WhatsApp app on your phone' },
      { id: 'phone', name: 'Pairing code', description: 'Type a code into the WhatsApp app on your phone' },
    ],
  }),
  'connection-choosing-none': connectionView({ phase: 'choosing', flows: [] }),
  'connection-choosing-strange': connectionView({
    phase: 'choosing',
    flows: [
      { id: 'long', name: longName, description: `${longName} `.repeat(12) },
      { id: 'rtl', name: shopName, description: `${shopName} https://example.org/help` },
      { id: 'link', name: 'Token', description: 'Make one at https://example.org/tokens and paste it.' },
      { id: 'nameless', name: ' ', description: '' },
      ...hostileTexts.map(({ name, sentence }, index) => ({ id: String(index), name, description: sentence })),
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
  'running-one': besides(connectionView(stepStage(qr)), severalRunning.slice(0, 1)),
  'running-qr': besides(connectionView(stepStage(qr)), severalRunning),
  'running-ten': besides(connectionView(stepStage(form), 'Telegram'), tenRunning),
} satisfies Record<string, View>
