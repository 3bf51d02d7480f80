// What the demo phone shows as "your code": forms of a network expect certain values, and a person has to learn them somehow.
import type { SubmitRule } from '../bridge-flows.ts'
import type { LoginSession } from '../login-session.ts'

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
    const value = sample(rule)
    if (!leadsOn || value === undefined || !toldTypes.has(field?.type ?? '')) continue
    return { label: field?.label ?? 'Code', value }
  }
  return undefined
}

// Enough of regular expressions for the documents's own: the first of `^(?:ABC-?123|abc-?123)$` reads ABC123.
function sample({ is, re }: SubmitRule): string | undefined {
  return is ?? /^\^\(\?:([A-Za-z0-9?-]+)\|/.exec(re ?? '')?.[1]?.replace('-?', '')
}
