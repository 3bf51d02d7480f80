// What the demo phone shows as "your code": forms of a network expect certain values, and a person has to learn them somehow.
import type { LoginSession } from '../login-session.ts'
import { exampleOf } from '../walk-values.ts'

// Only what comes to a person from outside. A phone number or an address they know themselves.
const toldTypes = new Set(['2fa_code', 'captcha_code', 'password', 'token'])

/** The first value of the current form that leads on rather than into an error; none for other steps. */
export function hintFor(session: LoginSession): { label: string; value: string } | undefined {
  if (session.phase !== 'live') return undefined
  const { flow } = session.parts
  for (const rule of session.node.submit ?? []) {
    const field = session.node.step.fields?.find(({ id }) => id === rule.field)
    const target = flow.nodes[rule.to]
    const leadsOn =
      target !== undefined && !('end' in target && target.end === 'failed') && rule.retryText === undefined
    const value = exampleOf(rule)
    if (!leadsOn || value === undefined || !toldTypes.has(field?.type ?? '')) continue
    return { label: field?.label ?? 'Code', value }
  }
  return undefined
}
