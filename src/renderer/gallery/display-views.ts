// Steps that show something, and the ends of a connection, as fixed Views: the variants that look different.
import type { Display } from '#contract/beeper/login'
import type { View } from '#contract/view'
import type { StepStage } from '#contract/view-connect'
import { connectionView, doneStage, qr, stepStage } from './connect-views.ts'
import { problemOf } from './view-with.ts'

/** Two more ways beside the one that is under way. */
export const otherFlows: StepStage['otherFlows'] = [
  { id: 'phone', name: 'Pairing code', description: 'Type a code into the WhatsApp app on your phone' },
  { id: 'browser', name: 'Website', description: 'Sign in on the website of the network' },
]

/** A step that shows something. @param display what @param instructions the network's words */
export const waitFor = (display: Display, instructions = ''): StepStage['step'] => ({
  type: 'display_and_wait',
  stepID: display.type,
  instructions,
  display,
})

const code = (data: string, instructions = '') =>
  connectionView(stepStage(waitFor({ type: 'code', data }, instructions)))

export const longInstructions =
  'Open **Settings** on your phone, then `Linked devices`.\nHelp is at https://faq.whatsapp.com/1317564962315842/?cms_platform=web.\n' +
  'If nothing appears, update the app and try once more. '.repeat(14)

export const displayViews = {
  'connection-qr-ways': connectionView(stepStage(qr, { otherFlows, minutesLeft: 3 })),
  'connection-qr-stale': connectionView(stepStage(qr, { isStale: true, otherFlows })),
  'connection-qr-lost': connectionView(
    stepStage(qr, { isStale: true, problem: problemOf('beeper.unreachable', { retry: 'later' }) }),
  ),
  'connection-code-plain': code('FXJ39K2M', 'Type this code on your phone, under Linked devices.'),
  'connection-code-page': code('https://login.example.com/device?user_code=WDJB-MJHT', 'Open this page and say yes.'),
  'connection-code-long': code('Zm9vYmFyYmF6cXV4'.repeat(20)),
  'connection-emoji-known': connectionView(
    stepStage(
      waitFor(
        {
          type: 'emoji',
          imageURL: 'https://fonts.gstatic.com/s/e/notoemoji/latest/1f431/emoji.svg',
          emoji: '\u{1f431}',
        },
        'Tap this emoji in Google Messages on the phone.',
      ),
      { otherFlows },
    ),
    'Google Messages',
  ),
  'connection-wait-plain': connectionView(stepStage(waitFor({ type: 'nothing' }), { minutesLeft: 0 }), 'Facebook'),
  'connection-instructions': connectionView(stepStage(waitFor({ type: 'nothing' }, longInstructions))),
  'connection-display-unknown': connectionView(
    stepStage(waitFor({ type: 'unsupported', wireType: 'hologram' }, 'Look at the hologram.'), { otherFlows }),
  ),
  'connection-passkey': connectionView(
    stepStage(
      { type: 'unsupported', wireType: 'webauthn', instructions: 'Use your passkey.' },
      { otherFlows: otherFlows.slice(1) },
    ),
    'Google Chat',
  ),
  'connection-client-only': connectionView(
    stepStage({ type: 'unsupported', wireType: 'client_http', instructions: '' }),
    'LinkedIn',
  ),
  'connection-step-new': connectionView(
    stepStage({ type: 'unsupported', wireType: 'retina', instructions: 'Look into the light.' }, { otherFlows }),
  ),
  'connection-complete': connectionView(
    stepStage({ type: 'complete', instructions: 'Signed in. Finishing up with `ada@example.com`.' }),
    'Slack',
  ),
  'connection-done-well': connectionView(doneStage({ watch: 'well', wasKnown: true })),
  'connection-done-bare': connectionView(
    doneStage({ person: undefined, watch: 'unseen', instructions: 'Signed in as Ada Example (`777000111`)' }),
    'Telegram',
  ),
  'connection-done-picture': connectionView(
    doneStage({
      person: { name: 'Ada Example', detail: '@ada', imageURL: 'https://pictures.example/ada.png' },
      watch: 'settling',
    }),
    'Telegram',
  ),
  'connection-fell-off': connectionView(
    doneStage({
      watch: 'fell-off',
      statusText: 'A check is waiting on the website. See https://www.facebook.com/help.',
    }),
    'Facebook',
  ),
  'connection-failed-advice': connectionView({
    phase: 'failed',
    problem: problemOf('connect.refused', {
      says: 'The account has no free linked device; remove one in the Signal app',
      advice: 'free-a-device',
      detail: 'FI.MAU.SIGNAL.DEVICE_LIMIT_REACHED',
    }),
    otherFlows,
  }),
  'connection-failed-later': connectionView({
    phase: 'failed',
    problem: problemOf('connect.refused', {
      retry: 'later',
      says: 'Too many attempts; wait some minutes. See https://support.signal.org/limits.',
      advice: 'wait',
      detail: 'FI.MAU.SIGNAL.DEVICE_LINK_RATE_LIMITED',
    }),
    otherFlows: [],
  }),
  'connection-failed-never': connectionView({
    phase: 'failed',
    problem: problemOf('connect.refused', {
      retry: 'never',
      says: 'The bridge is too old for WhatsApp',
      advice: 'update',
      detail: 'FI.MAU.WHATSAPP.CLIENT_OUTDATED',
    }),
    otherFlows: [],
  }),
  'connection-timed-out': connectionView({
    phase: 'failed',
    problem: problemOf('connect.timed-out', { advice: 'phone-at-hand' }),
    otherFlows: otherFlows.slice(0, 1),
  }),
} satisfies Record<string, View>
