// Every stage of a connection and every event it may meet, for tables that leave nothing out.
import type { InputField } from '#contract/beeper/fields'
import type { Display, LoginSession, LoginStep } from '#contract/beeper/login'
import type { ChatAccount, LoginFlow } from '#contract/beeper/networks'
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

type StepOf<Type extends LoginStep['type']> = Extract<LoginStep, { readonly type: Type }>

export const formStep: StepOf<'user_input'> = {
  type: 'user_input',
  stepID: 'form',
  instructions: 'Enter your number.',
  fields: [inputField({ id: 'phone', type: 'phone', label: 'Phone' })],
  attachments: [],
}
/** Beside what may be kept, what may not: it is masked, or dead once it was tried. */
export const secretStep: StepOf<'user_input'> = {
  type: 'user_input',
  stepID: 'credentials',
  instructions: '',
  fields: [
    inputField({ id: 'username', type: 'username' }),
    inputField({ id: 'password', type: 'password', isSecret: true }),
    inputField({ id: 'captcha', type: 'captcha', isRequired: false }),
  ],
  attachments: [],
}
export const siteStep: StepOf<'cookies'> = {
  type: 'cookies',
  stepID: 'site',
  instructions: '',
  url: 'https://chat.test/login',
  fields: [{ id: 'sid', name: 'sid', kind: 'cookie', isRequired: true, pattern: undefined }],
}

/** A step that shows something until the phone has acted. */
export const displayStep = (display: Display, stepID = display.type as string): StepOf<'display_and_wait'> => ({
  type: 'display_and_wait',
  stepID,
  instructions: '',
  display,
})
export const qrStep = displayStep({ type: 'qr', data: '2@abc' })
/** The same step with the next picture. */
export const rotatedStep = displayStep({ type: 'qr', data: '2@def' })
export const oddStep = displayStep({ type: 'unsupported', wireType: 'hologram' }, 'odd')

export const steps: readonly LoginStep[] = [
  formStep,
  qrStep,
  oddStep,
  siteStep,
  { type: 'complete', instructions: 'Welcome' },
  { type: 'unsupported', wireType: 'webauthn', instructions: 'Touch your key' },
  { type: 'unreadable', wireType: 'user_input' },
  secretStep,
  displayStep({ type: 'code', data: 'K7QH-3XPD' }),
  displayStep({ type: 'emoji', imageURL: 'https://pictures.test/1f98a.svg', emoji: '🦊' }),
  displayStep({ type: 'nothing' }),
]

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

export const flow: LoginFlow = { id: 'qr', name: 'QR code', description: '' }
export const flows: readonly LoginFlow[] = [flow, { ...flow, id: 'code' }]
/** A connection that knows the ways to sign in, and one that has taken one of them. */
export const idle: ConnectState = { ...initial(subject), flows }
export const begun: ConnectState = { ...idle, flowID: 'qr', loginSessionID: secrets.loginSessionID }

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

export const isAsking = ({ type }: LoginStep): boolean => type === 'user_input' || type === 'cookies'
export const isWaiting = (step: LoginStep): boolean =>
  step.type === 'display_and_wait' && step.display.type !== 'unsupported'

/** A connection at a step, with what is on its way there: at a display the wait for the phone. */
export const standingAt = (
  step: LoginStep,
  stage: Partial<StepState> = {},
  more: Partial<ConnectState> = {},
): ConnectState => ({
  ...begun,
  inFlight: isWaiting(step) ? 'wait' : stage.isBusy === true ? 'submit' : undefined,
  ...(step.type === 'user_input' && { asked: step }),
  ...more,
  stage: stepState(step, stage),
})

const lost = { inFlight: undefined, lostCount: 1 } as const

/** A step at rest, one whose request is on its way, and one whose request was lost. */
function atStep(step: LoginStep): readonly ConnectState[] {
  const resting = standingAt(step)
  if (isAsking(step))
    return [
      resting,
      standingAt(step, { isBusy: true }),
      standingAt(step, { isBusy: true, problem }, lost),
      standingAt(step, { isRejected: true }, { kept: { phone: '+1' } }),
      standingAt(step, { problem: { code: 'connect.unheard', retry: 'now' } }, { minutesLeft: 1 }),
    ]
  if (isWaiting(step)) return [resting, standingAt(step, { isStale: true, problem }, lost)]
  return [resting]
}

/** The stages of a connection, each as the machine can really hold it. */
export const connectStates: Readonly<Record<Stage['phase'], readonly ConnectState[]>> = {
  loading: [
    { ...initial(subject), stage: { phase: 'loading' } },
    { ...initial(subject), asked: formStep, stage: { phase: 'loading' } },
  ],
  choosing: [{ ...idle, stage: { phase: 'choosing', flows } }],
  starting: [
    { ...idle, flowID: 'qr', stage: { phase: 'starting' } },
    { ...idle, flowID: 'qr', asked: formStep, kept: { phone: '+49' }, stage: { phase: 'starting' } },
  ],
  resuming: [
    { ...begun, knownLoginIDs: undefined, stage: { phase: 'resuming' } },
    { ...begun, stage: { phase: 'resuming' } },
  ],
  step: steps.flatMap(atStep),
  done: [
    doneState(),
    doneState({ loginID: undefined, accountIDs: [], person: undefined }),
    doneState({ watch: 'well', seen: 'well', wasUp: true, isWatchOver: true }),
    doneState({ watch: 'fell-off', seen: 'needing', wasUp: true, isWatchOver: true }),
  ].map((stage) => ({ ...idle, flowID: 'qr', stage })),
  failed: [
    { ...idle, flowID: 'qr', asked: formStep, stage: { phase: 'failed', problem } },
    { ...idle, stage: { phase: 'failed', problem } },
  ],
  interrupted: [
    { ...idle, flowID: 'qr', stage: { phase: 'interrupted' } },
    { ...initial(subject), stage: { phase: 'interrupted' } },
  ],
  left: [{ ...idle, flowID: 'qr', stage: { phase: 'left' } }],
}

/** An account as the lists show it. */
export const login = (more: Partial<ChatAccount> = {}): ChatAccount => ({
  ...chatAccount,
  accountID: 'a',
  bridgeID: subject.bridgeID,
  loginID: complete.loginID,
  ...more,
})

const read = (session: LoginSession): readonly Extract<ConnectEvent, { readonly type: 'sessionRead' }>[] =>
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
    ...read({ ...sessionAt(formStep), loginSessionID: 'SECRET-other-session' }),
  ],
  connectionLost: (['answer', 'look'] as const).map((of) => ({ type: 'connectionLost' as const, of, problem })),
  lookDue: [{ type: 'lookDue' }],
  ended: [{ type: 'ended', problem }],
  fieldsSubmitted: [true, false].map((isSure) => ({
    type: 'fieldsSubmitted' as const,
    fields: { phone: '+1 555', username: 'sam', password: secrets.field, captcha: secrets.field, sid: secrets.field },
    isSure,
  })),
  fieldsKept: [{ type: 'fieldsKept', fields: { phone: '+1', username: 'sam', password: secrets.field } }],
  startedOver: [{ type: 'startedOver' }],
  left: [{ type: 'left' }],
  woken: [{ type: 'woken' }],
  minutePassed: [{ type: 'minutePassed' }],
  accountsRead: [[], [login()], [login({ status: 'reconnect_required' })]].map((accounts) => ({
    type: 'accountsRead' as const,
    accounts,
  })),
  watchEnded: [{ type: 'watchEnded' }],
}
