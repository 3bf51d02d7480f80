// Every stage of a connection and every event it may meet, for tables that leave nothing out.
import type { InputField } from '#contract/beeper/fields'
import type { LoginSession, LoginStep } from '#contract/beeper/login'
import { initial } from '../domain/connect-state.ts'
import type { ConnectEvent, ConnectState, DoneState, Stage, StepState, Subject } from '../domain/connect-state.ts'
import { chatAccount, problem, secrets } from './samples.ts'
import type { ByType } from './tables.ts'

export const subject: Subject = {
  connectionID: 'c1',
  bridgeID: 'local-whatsapp',
  networkName: 'WhatsApp',
  networkType: 'whatsapp',
}

/** A field of a form, as plain as can be. */
export const inputField = (more: Partial<InputField> & { readonly id: string }): InputField => ({
  type: 'text',
  isSecret: false,
  label: more.id,
  description: '',
  placeholder: '',
  initialValue: '',
  isRequired: true,
  options: [],
  pattern: undefined,
  ...more,
})

export const steps: readonly LoginStep[] = [
  {
    type: 'user_input',
    stepID: 'form',
    instructions: 'Enter your number.',
    fields: [inputField({ id: 'phone', type: 'phone', label: 'Phone' })],
    attachments: [],
  },
  { type: 'display_and_wait', stepID: 'qr', instructions: '', display: { type: 'qr', data: '2@abc' } },
  { type: 'display_and_wait', stepID: 'odd', instructions: '', display: { type: 'unsupported', wireType: 'hologram' } },
  {
    type: 'cookies',
    stepID: 'site',
    instructions: '',
    url: 'https://chat.test/login',
    fields: [{ id: 'sid', name: 'sid', kind: 'cookie', isRequired: true, pattern: undefined }],
  },
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

export const complete = {
  kind: 'complete',
  person: { name: 'Sam', detail: '', imageURL: undefined },
  loginID: 'l',
  accountIDs: ['a'],
  instructions: '',
} as const satisfies LoginSession['outcome']

const flow = { id: 'qr', name: 'QR code', description: '' }
const flows = [flow, { ...flow, id: 'code' }]
const idle: ConnectState = { ...initial(subject), flows }
const begun: ConnectState = { ...idle, flowID: 'qr', loginSessionID: secrets.loginSessionID }

/** A step as the machine holds it. */
export const stepState = (step: LoginStep, more: Partial<StepState> = {}): StepState => ({
  phase: 'step',
  serial: 3,
  step,
  isBusy: false,
  isRejected: false,
  unfit: [],
  isStale: false,
  problem: undefined,
  ...more,
})

export const doneState = (more: Partial<DoneState> = {}): DoneState => ({
  phase: 'done',
  person: complete.person,
  wasKnown: false,
  watch: 'watching',
  statusText: '',
  instructions: '',
  loginID: complete.loginID,
  accountIDs: complete.accountIDs,
  seen: 'unseen',
  wasUp: false,
  isWatchOver: false,
  ...more,
})

const isAsking = ({ type }: LoginStep): boolean => type === 'user_input' || type === 'cookies'
const isWaiting = (step: LoginStep): boolean => step.type === 'display_and_wait' && step.display.type !== 'unsupported'

/** A step at rest, and one whose request is on its way. */
const atStep = (step: LoginStep): readonly ConnectState[] => [
  { ...begun, inFlight: isWaiting(step) ? 'wait' : undefined, stage: stepState(step) },
  ...(isAsking(step) ? [{ ...begun, inFlight: 'submit' as const, stage: stepState(step, { isBusy: true }) }] : []),
]

/** The stages of a connection, each as the machine can really hold it. */
export const connectStates: Readonly<Record<Stage['phase'], readonly ConnectState[]>> = {
  loading: [{ ...initial(subject), stage: { phase: 'loading' } }],
  choosing: [{ ...idle, stage: { phase: 'choosing', flows } }],
  starting: [{ ...idle, flowID: 'qr', stage: { phase: 'starting' } }],
  resuming: [{ ...begun, stage: { phase: 'resuming' } }],
  step: steps.flatMap(atStep),
  done: [doneState(), doneState({ watch: 'fell-off', seen: 'needing', wasUp: true, isWatchOver: true })].map(
    (stage) => ({
      ...idle,
      flowID: 'qr',
      stage,
    }),
  ),
  failed: [
    { ...idle, flowID: 'qr', stage: { phase: 'failed', problem } },
    { ...idle, stage: { phase: 'failed', problem } },
  ],
  interrupted: [
    { ...idle, flowID: 'qr', stage: { phase: 'interrupted' } },
    { ...initial(subject), stage: { phase: 'interrupted' } },
  ],
  left: [{ ...idle, flowID: 'qr', stage: { phase: 'left' } }],
}

const read = (session: LoginSession): readonly ConnectEvent[] =>
  (['answer', 'look'] as const).map((by) => ({ type: 'sessionRead', session, by }))

export const connectEvents: ByType<ConnectEvent> = {
  opened: [{ type: 'opened' }],
  resumed: [{ type: 'resumed', loginSessionID: secrets.loginSessionID, flowID: 'qr', ageMs: 60_000 }],
  foundOver: [{ type: 'foundOver', flowID: 'qr' }],
  flowsRead: [[], [flow], flows].map((some) => ({ type: 'flowsRead' as const, flows: some })),
  flowsNotRead: [{ type: 'flowsNotRead', problem }],
  flowChosen: [
    { type: 'flowChosen', flowID: 'code' },
    { type: 'flowChosen', flowID: 'never-offered' },
  ],
  sessionRead: [
    ...steps.flatMap((step) => read(sessionAt(step))),
    ...read(sessionWith(complete)),
    ...read(sessionWith({ kind: 'failed', error: { code: 'x', message: 'No.' } })),
    ...read(sessionWith({ kind: 'failed', error: undefined })),
    ...read(sessionWith({ kind: 'cancelled' })),
    { type: 'sessionRead', session: sessionAt(formStep), by: 'answer', problem },
  ].map((event) => event as Extract<ConnectEvent, { readonly type: 'sessionRead' }>),
  connectionLost: (['answer', 'look'] as const).map((of) => ({ type: 'connectionLost' as const, of, problem })),
  lookDue: [{ type: 'lookDue' }],
  ended: [{ type: 'ended', problem }],
  fieldsSubmitted: [true, false].map((isSure) => ({
    type: 'fieldsSubmitted' as const,
    fields: { phone: secrets.field, sid: secrets.field },
    isSure,
  })),
  fieldsKept: [{ type: 'fieldsKept', fields: { phone: '+1' } }],
  startedOver: [{ type: 'startedOver' }],
  left: [{ type: 'left' }],
  woken: [{ type: 'woken' }],
  minutePassed: [{ type: 'minutePassed' }],
  accountsRead: [[], [{ ...chatAccount, bridgeID: subject.bridgeID, loginID: 'l' }]].map((accounts) => ({
    type: 'accountsRead' as const,
    accounts,
  })),
  watchEnded: [{ type: 'watchEnded' }],
}
