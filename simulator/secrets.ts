// Every secret that went over the wire or into a mail since the world was loaded, so that a test can look for them where they
// must not be (SEC-1). In this process only: the control API never tells. Tokens, mails and OAuth codes are noted where they
// are made, the rest at the door, as it was said: also what is refused, and what an answer held that got lost.
import type { Context } from 'hono'
import type { OperationID } from './operation.ts'
import type { World } from './world.ts'

export type SecretName =
  | `${'account' | 'oauth' | 'manual' | 'unknown'}-token`
  | 'mail-code'
  | 'setup-request'
  | 'registration-request'
  | 'lead-token'
  | 'recovery-key'
  | 'oauth-state'
  | 'authorization-code'
  | 'pkce-verifier'
  | `network-${'password' | 'token' | 'code' | 'cookie'}`

export interface Secret {
  readonly name: SecretName
  readonly value: string
}

export class Secrets {
  readonly #byValue = new Map<string, Secret>()

  /** Keeps a value under the name it was first met by. */
  note(name: SecretName, value: string): void {
    if (value !== '' && !this.#byValue.has(value)) this.#byValue.set(value, { name, value })
    // A key is as good without its blanks.
    if (name === 'recovery-key' && /\s/.test(value)) this.note(name, value.replace(/\s+/g, ''))
  }

  all(): readonly Secret[] {
    return [...this.#byValue.values()]
  }
}

type Members = Readonly<Record<string, SecretName>>

const given: Partial<Record<OperationID, Members>> = {
  appSetupEmail: { setupRequestID: 'setup-request' },
  appSetupResponse: { setupRequestID: 'setup-request', response: 'mail-code' },
  appSetupRegister: { setupRequestID: 'registration-request', leadToken: 'lead-token' },
  appSetupVerificationRecoveryKey: { recoveryKey: 'recovery-key' },
  appSetupVerificationRecoveryKeyReset: { existingRecoveryKey: 'recovery-key' },
  appSetupVerificationRecoveryKeyResetConfirm: { recoveryKey: 'recovery-key' },
  oauth_authorize: { state: 'oauth-state' },
  oauth_token: { code: 'authorization-code', code_verifier: 'pkce-verifier' },
  oauth_revoke_token: { token: 'unknown-token' },
}

const told: Partial<Record<OperationID, Members>> = {
  appSetupStart: { setupRequestID: 'setup-request' },
  appSetupResponse: { setupRequestID: 'registration-request', leadToken: 'lead-token' },
  appSetupVerificationRecoveryKeyReset: { recoveryKey: 'recovery-key' },
}

// A map, because a type may be called like a member that every object has.
const networkSecrets: ReadonlyMap<string, SecretName> = new Map([
  ['password', 'network-password'],
  ['token', 'network-token'],
  ['2fa_code', 'network-code'],
  ['code', 'network-code'],
])

/** Notes what a request brings, before anybody asks whether it may. */
export async function noteGiven(world: World, operationID: OperationID, context: Context): Promise<void> {
  const members = given[operationID]
  if (members === undefined && operationID !== 'submitLoginStep') return
  // Who hangs up in the middle of it has given nothing yet; the operation finds that out by itself.
  const text = await context.req.text().catch(() => '')
  const said = { ...context.req.query(), ...read(text) }
  noteMembers(world.seen, members, said)
  if (operationID === 'submitLoginStep') noteFields(world, context.req.param('bridgeID') ?? '', said)
}

/** Notes what an operation answers, whether or not it arrives. */
export function noteTold(world: World, operationID: OperationID, answer: unknown): void {
  if (isObject(answer)) noteMembers(world.seen, told[operationID], answer)
}

function noteMembers(seen: Secrets, members: Members = {}, values: Readonly<Record<string, unknown>>): void {
  for (const [member, name] of Object.entries(members)) {
    const value = values[member]
    if (typeof value === 'string') seen.note(name, value)
  }
}

// Whatever a cookies step brings is somebody's session; in a form it depends on the field. The sign-in need not be running
// any more for that, so the field is looked for in all that the network ever asks.
function noteFields(world: World, bridgeID: string, { fields, type }: Readonly<Record<string, unknown>>): void {
  const flows = world.networks.bridges.get(bridgeID)?.entry.flows ?? []
  const steps = flows
    .flatMap(({ nodes }) => Object.values(nodes))
    .flatMap((node) => ('step' in node ? [node.step] : []))
  const nameOf = (id: string): SecretName | undefined => {
    if (type === 'cookies') return 'network-cookie'
    const types = steps.flatMap((step) => step.fields ?? []).filter((field) => field.id === id)
    return types.map((field) => networkSecrets.get(field.type ?? '')).find((name) => name !== undefined)
  }
  for (const [id, value] of Object.entries(isObject(fields) ? fields : {})) {
    const name = nameOf(id)
    if (name !== undefined && typeof value === 'string') world.seen.note(name, value)
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function read(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    // A form, then, or nothing with members.
    return Object.fromEntries(new URLSearchParams(text))
  }
}
