// A login session as the API sends it: the step of the flow, told in one of the two wire profiles.
import type {
  CookieField,
  LoginDisplay,
  LoginInputField,
  LoginSession as WireSession,
  LoginStep,
} from '#contract/beeper/gen/types.gen'
import { wireTables, type FlowField, type FlowStep } from './bridge-flows.ts'
import type { LoginSession } from './login-session.ts'
import { accountsOf, loginToWire } from './networks.ts'
import { pictureURL, siteBase, toSite, toSitePattern } from './site/addresses.ts'
import type { Wire } from './wire.ts'

const { strict } = wireTables.profiles

// A type may be called like a member that every object has.
const lookUp = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

export function sessionToWire(session: LoginSession, wire: Wire, origin: string): WireSession {
  const { entry, id, renews } = session.parts
  return {
    bridgeID: entry.bridge.id,
    loginSessionID: id,
    ...(renews !== undefined && { loginID: renews.loginID }),
    ...(renews?.accountIDs[0] !== undefined && { accountID: renews.accountIDs[0] }),
    ...ending(session, wire),
    ...(session.phase === 'live' && {
      status: session.node.step.status ?? lookUp(wireTables.statusOfStep, session.node.step.type) ?? 'unknown',
      currentStep: step(session, wire, origin),
    }),
  }
}

function ending(session: LoginSession, wire: Wire): Pick<WireSession, 'status'> & Partial<WireSession> {
  const { failure, phase, result } = session
  if (failure !== undefined) {
    const { code, details, text: message } = failure
    return { status: phase, error: { code, message, ...(details !== undefined && { details }) } }
  }
  if (result === undefined) return { status: phase }
  if (wire.profile === 'rich' || result.node.isBare === true) {
    const text = session.parts.entry.people[result.node.person ?? '']?.text
    const { stepID } = result.node
    return {
      status: phase,
      currentStep: {
        type: 'complete',
        ...(stepID !== undefined && { stepID }),
        ...(text !== undefined && { instructions: text }),
      },
    }
  }
  const { login } = result
  const account = login === undefined ? undefined : accountsOf(login)[0]
  return {
    status: phase,
    ...(account !== undefined && { account }),
    ...(login !== undefined && { login: loginToWire(login) }),
  }
}

function step(session: LoginSession, wire: Wire, origin: string): LoginStep {
  return { ...knownStep(session, wire, origin), ...session.node.step.more }
}

function knownStep(session: LoginSession, wire: Wire, origin: string): LoginStep {
  const { step: source } = session.node
  const { instructions } = session
  const common = { stepID: source.stepID, ...(instructions !== undefined && { instructions }) }
  const fields = source.fields ?? []
  switch (source.type) {
    case 'user_input':
      return {
        type: 'user_input',
        ...common,
        fields: fields.map((field) => inputField(field, wire)),
        ...(source.attachments !== undefined && { attachments: source.attachments }),
      }
    case 'cookies':
      return {
        type: 'cookies',
        ...common,
        ...page(session, source, origin),
        fields: cookieFields(session, wire, origin),
        ...(wire.profile === 'rich' && source.rich),
      }
    case 'display_and_wait':
      return { type: 'display_and_wait', ...common, display: display(session, wire, origin) }
    default:
      return { type: source.type, ...common }
  }
}

function inputField(field: FlowField, wire: Wire): LoginInputField {
  const { id, initialValue, label, optional, placeholder, type = 'text' } = field
  const known = {
    id,
    ...(label !== undefined && { label }),
    ...(placeholder !== undefined && { placeholder }),
    ...(initialValue !== undefined && { initialValue }),
    ...(optional !== undefined && { optional }),
  }
  if (wire.profile === 'rich') {
    const { description, odd, options, pattern } = field.rich ?? {}
    return {
      ...known,
      type,
      ...(description !== undefined && { description }),
      ...(pattern !== undefined && { pattern }),
      ...(options !== undefined && { options }),
      ...odd,
    }
  }
  return { ...known, type: lookUp(strict.inputFieldType, type) ?? 'text' }
}

function page(session: LoginSession, source: FlowStep, origin: string): { url: string } & Record<string, string> {
  const base = siteBase(session, origin)
  const { expectedFinalURLRegex, extractJS, url = '', userAgent } = source
  return {
    url: toSite(url, base),
    ...(userAgent !== undefined && { userAgent }),
    ...(expectedFinalURLRegex !== undefined && { expectedFinalURLRegex: toSitePattern(expectedFinalURLRegex, base) }),
    ...(extractJS !== undefined && { extractJS: toSite(extractJS, base) }),
  }
}

// R12: fields come in any order. The order is settled per session, so that a repeated look is not a changed step.
function cookieFields(session: LoginSession, wire: Wire, origin: string): CookieField[] {
  const fields = session.node.step.fields ?? []
  const turn = session.parts.serial % Math.max(1, fields.length)
  const turned = [...fields.slice(turn), ...fields.slice(0, turn)]
  return turned.map((field) => (wire.profile === 'rich' ? richCookie(session, field, origin) : strictCookie(field)))
}

function strictCookie(field: FlowField): CookieField {
  const source = field.rich?.sources?.[0]
  const name = source?.name ?? field.name ?? field.id
  const type = lookUp(strict.cookieFieldType, source?.type ?? field.type ?? 'cookie')
  return { id: field.id, name, ...(type !== undefined && type !== 'omitted' && { type }) }
}

function richCookie(session: LoginSession, field: FlowField, origin: string): CookieField {
  const { pattern, required, sources } = field.rich ?? {}
  const base = siteBase(session, origin)
  return {
    id: field.id,
    ...(field.name !== undefined && { name: field.name }),
    ...(field.type !== undefined && { type: field.type }),
    ...(required !== undefined && { required }),
    ...(pattern !== undefined && { pattern }),
    ...(sources !== undefined && {
      sources: sources.map(({ cookieDomain, name, requestURLRegex, type }) => ({
        type,
        name,
        ...(cookieDomain !== undefined && { cookieDomain: new URL(origin).hostname }),
        ...(requestURLRegex !== undefined && { requestURLRegex: toSitePattern(requestURLRegex, base) }),
      })),
    }),
  }
}

function display(session: LoginSession, wire: Wire, origin: string): LoginDisplay {
  const { data, imageURL, more, rich, type } = session.node.step.display ?? { type: 'nothing' }
  return {
    type,
    ...(data !== undefined && { data: session.fill(data) }),
    ...(imageURL !== undefined && { imageURL: pictureURL(imageURL, origin) }),
    ...(wire.profile === 'rich' && {
      ...rich,
      ...(rich?.imageURL !== undefined && { imageURL: pictureURL(rich.imageURL, origin) }),
    }),
    ...more,
  }
}
