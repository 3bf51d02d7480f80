// Every stage of a connection and every event it may meet, for tables that leave nothing out.
import type { LoginSession, LoginStep } from '#contract/beeper/login'
import type * as connect from '../domain/connect.ts'
import { problem, secrets } from './samples.ts'
import type { ByType } from './tables.ts'

export const subject: connect.Subject = {
  connectionID: 'c1',
  bridgeID: 'local-whatsapp',
  networkName: 'WhatsApp',
  networkType: 'whatsapp',
}

export const steps: readonly LoginStep[] = [
  {
    type: 'user_input',
    stepID: 'form',
    instructions: 'Enter your number.',
    fields: [{ id: 'phone', type: 'phone', label: 'Phone', placeholder: '', initialValue: '', isRequired: true }],
  },
  { type: 'display_and_wait', stepID: 'qr', instructions: '', display: { type: 'qr', data: '2@abc' } },
  { type: 'display_and_wait', stepID: 'odd', instructions: '', display: { type: 'unsupported', wireType: 'hologram' } },
  { type: 'cookies', stepID: 'site', instructions: '', url: 'https://chat.test/login' },
  { type: 'complete', instructions: 'Welcome' },
  { type: 'unsupported', wireType: 'webauthn', instructions: 'Touch your key' },
  { type: 'unreadable', wireType: 'user_input' },
]
export const [formStep, qrStep] = steps as readonly [LoginStep, LoginStep]

export const sessionWith = (outcome: LoginSession['outcome']): LoginSession => ({
  bridgeID: subject.bridgeID,
  loginSessionID: secrets.loginSessionID,
  outcome,
})
export const sessionAt = (step: LoginStep): LoginSession => sessionWith({ kind: 'going-on', step })

const flow = { id: 'qr', name: 'QR code', description: '' }
const begun = { ...subject, flowID: 'qr', loginSessionID: secrets.loginSessionID }
const idle = { ...subject, flowID: undefined, loginSessionID: undefined }

/** The stages of a connection, each as the machine can really hold it. */
export const connectStates: Readonly<Record<connect.Stage['phase'], readonly connect.ConnectState[]>> = {
  loading: [{ ...idle, stage: { phase: 'loading' } }],
  choosing: [{ ...idle, stage: { phase: 'choosing', flows: [flow, { ...flow, id: 'code' }] } }],
  starting: [{ ...idle, flowID: 'qr', stage: { phase: 'starting' } }],
  resuming: [{ ...begun, stage: { phase: 'resuming' } }],
  step: steps.flatMap((step) =>
    [true, false].map((isBusy) => ({
      ...begun,
      stage: { phase: 'step' as const, serial: 3, step, isBusy, isRejected: false, problem: undefined },
    })),
  ),
  done: [{ ...idle, flowID: 'qr', stage: { phase: 'done', accountName: 'Sam', instructions: '' } }],
  failed: [
    { ...idle, flowID: 'qr', stage: { phase: 'failed', problem } },
    { ...idle, stage: { phase: 'failed', problem } },
  ],
  left: [{ ...idle, flowID: 'qr', stage: { phase: 'left' } }],
}

export const connectEvents: ByType<connect.ConnectEvent> = {
  opened: [{ type: 'opened' }],
  resumed: [{ type: 'resumed', loginSessionID: secrets.loginSessionID, flowID: 'qr' }],
  flowsRead: [[], [flow], [flow, { ...flow, id: 'code' }]].map((flows) => ({ type: 'flowsRead' as const, flows })),
  flowChosen: [{ type: 'flowChosen', flowID: 'code' }],
  sessionRead: [
    ...steps.map((step) => ({ type: 'sessionRead' as const, session: sessionAt(step) })),
    {
      type: 'sessionRead',
      session: sessionWith({ kind: 'complete', accountName: 'Sam', loginID: 'l', instructions: '' }),
    },
    { type: 'sessionRead', session: sessionWith({ kind: 'failed', error: { code: 'x', message: 'No.' } }) },
    { type: 'sessionRead', session: sessionWith({ kind: 'failed', error: undefined }) },
    { type: 'sessionRead', session: sessionWith({ kind: 'cancelled' }) },
  ],
  connectionLost: [{ type: 'connectionLost', problem }],
  lookDue: [{ type: 'lookDue' }],
  failed: [{ type: 'failed', problem }],
  fieldsSubmitted: [{ type: 'fieldsSubmitted', fields: { phone: secrets.field } }],
  startedOver: [{ type: 'startedOver' }],
  left: [{ type: 'left' }],
}
