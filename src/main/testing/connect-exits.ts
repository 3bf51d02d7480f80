// What a person can do about a connection on each of its screens: the buttons, and what each must set off. A stage without an
// entry does not compile.
import type { InputField } from '#contract/beeper/fields'
import type { LoginStep } from '#contract/beeper/login'
import type { LoginFlow } from '#contract/beeper/networks'
import type { ConnectionStage, StepStage } from '#contract/view-connect'
import type { ConnectEffect, ConnectEvent } from '../domain/connect-state.ts'
import { secrets } from './samples.ts'

/** A button that is drawn, and what it must set off: one of these for each entry. */
export interface Pressed {
  readonly event: ConnectEvent
  readonly effects: readonly (readonly ConnectEffect['type'][])[]
}

const begins = [['create', 'readFlows']] as const
const beginsAnew = [['cancel'], ['create', 'readFlows']] as const
const again: Pressed = { event: { type: 'startedOver' }, effects: begins }
const choose =
  (effects: Pressed['effects']) =>
  ({ id }: LoginFlow): Pressed => ({ event: { type: 'flowChosen', flowID: id }, effects })

function valueOf(field: InputField): string {
  if (field.isSecret || field.type === 'captcha') return secrets.field
  return field.options[0] ?? 'plain'
}

/** What a person would type: something in every field, and in masked ones what may not be found anywhere. */
export function typedInto(step: LoginStep): Readonly<Record<string, string>> {
  if (step.type === 'cookies') return Object.fromEntries(step.fields.map(({ id }) => [id, `${secrets.field}%2F%`]))
  return step.type === 'user_input' ? Object.fromEntries(step.fields.map((field) => [field.id, valueOf(field)])) : {}
}

/** What can be typed and not be sent, or only perhaps. */
function trials(step: LoginStep): readonly ConnectEvent[] {
  const fields = typedInto(step)
  const none = Object.fromEntries(Object.keys(fields).map((id) => [id, ' ']))
  return [
    { type: 'fieldsKept', fields },
    { type: 'fieldsSubmitted', fields, isSure: false },
    { type: 'fieldsSubmitted', fields: none, isSure: true },
  ]
}

const isForm = ({ isBusy, step }: StepStage): boolean =>
  !isBusy && (step.type === 'user_input' || step.type === 'cookies')

function send({ step }: StepStage): Pressed {
  return { event: { type: 'fieldsSubmitted', fields: typedInto(step), isSure: true }, effects: [['submit']] }
}

type Stage<Phase extends ConnectionStage['phase']> = Extract<ConnectionStage, { readonly phase: Phase }>

const buttons: { readonly [Phase in ConnectionStage['phase']]: (stage: Stage<Phase>) => readonly Pressed[] } = {
  // These go by themselves, or are left.
  loading: () => [],
  starting: () => [],
  choosing: ({ flows }) => flows.map(choose(begins)),
  step: (stage) => [
    ...(isForm(stage) ? [send(stage)] : []),
    { event: { type: 'startedOver' }, effects: beginsAnew },
    ...stage.otherFlows.map(choose(beginsAnew)),
  ],
  done: ({ watch }) => (watch === 'fell-off' ? [again] : []),
  failed: ({ problem, otherFlows }) => [
    ...(problem.retry === 'never' ? [] : [again]),
    ...otherFlows.map(choose(begins)),
  ],
  interrupted: () => [again],
}

/** The buttons of a stage, but for the one that leaves it. */
export function buttonsOn(stage: ConnectionStage): readonly Pressed[] {
  // The register pairs each phase with its own stage; a lookup by a union of phases cannot say so.
  const of = buttons[stage.phase] as (stage: ConnectionStage) => readonly Pressed[]
  return of(stage)
}

/** What a person may do there without leaving. */
export const clicksOn = (stage: ConnectionStage): readonly ConnectEvent[] => [
  ...buttonsOn(stage).map(({ event }) => event),
  ...(stage.phase === 'step' && isForm(stage) ? trials(stage.step) : []),
]
