// What the entries of the laboratory are put together from. They are of the format of contract/bridge-flows.yaml, with the keys
// more that bridge-flows.ts has for them; what is left out is filled in here.
import type { BridgeEntryInput } from '../bridge-flows.ts'

export type FlowInput = BridgeEntryInput['flows'][number]
export type NodeInput = FlowInput['nodes'][string]
export type StepInput = Extract<NodeInput, { step: unknown }>['step']
export type RuleInput = NonNullable<Extract<NodeInput, { step: unknown }>['submit']>[number]
export type FieldInput = NonNullable<StepInput['fields']>[number]
type EntryRest = Pick<BridgeEntryInput, 'flows'> & Partial<BridgeEntryInput>

export const ok: NodeInput = { end: 'complete', person: 'ada', stepID: 'lab.complete' }
const refused: NodeInput = { end: 'failed', error: 'refused' }

/** A network of Ada and Sam; its ID is `lab-` and the name it is given. */
export function network(id: string, displayName: string, rest: EntryRest): BridgeEntryInput {
  const person = (key: string, fullName: string): BridgeEntryInput['people'][string] => ({
    loginID: `${id}-${key}`,
    accountIDs: [`lab-${id}_ba_${key}`],
    user: { id: `@${id}_${key}:local`, fullName, username: `@${key}`, isSelf: true },
    text: `Signed in as ${fullName}`,
  })
  return {
    bridge: {
      id: `lab-${id}`,
      displayName,
      provider: 'local',
      type: id,
      network: id,
      supportsMultipleAccounts: true,
      status: 'available',
    },
    idSource: 'laboratory',
    loginID: { what: 'a name', example: `${id}-ada` },
    people: { ada: person('ada', 'Ada Example'), sam: person('sam', 'Sam Example') },
    errors: { refused: { code: 'COM.EXAMPLE.LAB.REFUSED', http: 400, text: 'The other side refused' } },
    accountStates: [
      { code: 'lab-signed-out', status: 'reconnect_required', text: 'The network signed this device out' },
    ],
    ...rest,
  }
}

export const flow = (id: string, name: string, start: string, nodes: FlowInput['nodes']): FlowInput => ({
  id,
  name,
  start,
  relogin: { start },
  nodes,
})

/** One form that leads to Ada's account, whatever is typed, or by its own rules. */
export const form = (
  id: string,
  name: string,
  step: Omit<StepInput, 'type' | 'stepID'>,
  submit: readonly RuleInput[] = [{ else: true, to: 'ok' }],
): FlowInput =>
  flow(id, name, 'form', {
    form: { step: { type: 'user_input', stepID: `lab.${id}`, ...step }, submit: [...submit] },
    ok,
  })

/** One step on which the phone has to act; the first event leads to Ada's account, `refuse` to the error `refused`. */
export const wait = (id: string, name: string, event: string, step: Partial<StepInput>): FlowInput =>
  flow(id, name, 'wait', {
    wait: {
      step: { type: 'display_and_wait', stepID: `lab.${id}`, ...step },
      events: { [event]: 'ok', refuse: 'refused' },
    },
    ok,
    refused,
  })
