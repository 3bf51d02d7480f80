// What to type, paste or choose so that exactly one rule of a form wins, found by trying. The rules are evaluated here a second
// time on purpose: a simulator that is tested with these values is not tested against itself.
import { RE2JS } from 're2js'
import type { FlowField, StepNode, SubmitRule } from './bridge-flows.ts'
import { decodedCookie } from './cookie-value.ts'

export type Values = Readonly<Record<string, string>>

/** What a person would type into a field of a type, most plausible first. */
const usual: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    username: ['ada@example.com', '5551234567', 'x:y'],
    password: ['correct horse'],
    phone_number: ['+14155550123', '12', '0123456', '5551234567'],
    email: ['ada@example.com', 'no-at-sign'],
    '2fa_code': ['246810', 'ZZZ999', '12345678', 'no code at all'],
    captcha_code: ['k7mq2'],
    url: ['https://chat.example.com'],
    domain: ['chat.example.com'],
    token: ['token-0001', `7000000001:${'A'.repeat(35)}`, `6000000001:${'A'.repeat(35)}`, '{"dc":"2"}'],
  }),
)

/** Between them they meet the patterns of the documents. Decoding them as cookies (R15) leaves every one as it is. */
const anything = [
  'value',
  'xoxb-0001',
  'xapp-0001',
  'xoxc-0001',
  'xoxd-0001',
  'xoxd-50%off%',
  'from-the-page',
  'a',
  '1',
  '',
]

/**
 * A value that a rule asks for by itself: the first of `^(?:ABC-?123|abc-?123)$` reads ABC123. None where trying has to find
 * one.
 */
export function exampleOf({ is, re }: SubmitRule): string | undefined {
  return is ?? /^\^\(\?:([A-Za-z0-9?-]+)\|/.exec(re ?? '')?.[1]?.replace('-?', '')
}

/** Whether a value fits the pattern of its field, which is Go's RE2; one that cannot be read stands in nobody's way. */
export function fits({ rich }: FlowField, value: string): boolean {
  if (rich?.pattern === undefined) return true
  try {
    return RE2JS.compile(rich.pattern).matcher(value).find()
  } catch {
    // The engine says by throwing that this is no pattern.
    return true
  }
}

export const isOffered = ({ rich }: FlowField, value: string): boolean =>
  rich?.options === undefined || rich.options.includes(value)

/**
 * The fields to submit at a step so that the rule of this index is the first that matches. Where it can be, they fit the
 * patterns and are among the options of a `rich` wire. Throws when no value that is known here gets there.
 */
export function valuesFor(node: StepNode, ruleIndex: number): Values {
  const rules = node.submit ?? []
  const rule = rules[ruleIndex]
  const fields = node.step.fields ?? []
  const found = attempts(node, rule).filter((values) => firstMatch(rules, values) === ruleIndex)
  const best = found.find((values) => isRegular(fields, rule, values)) ?? found[0]
  if (best === undefined) throw new Error(`No value meets rule ${String(ruleIndex)} of ${node.step.stepID}`)
  return best
}

// A missing value is what the rule is about, so it is no fault of it.
const isRegular = (fields: readonly FlowField[], rule: SubmitRule | undefined, values: Values): boolean =>
  fields.every((field) => {
    const value = values[field.id]
    return value === undefined ? rule?.missing !== undefined : fits(field, value) && isOffered(field, value)
  })

function attempts(node: StepNode, rule: SubmitRule | undefined): Values[] {
  const fields = node.step.fields ?? []
  const plain = Object.fromEntries(fields.map((field) => [field.id, candidates(field)[0] ?? '']))
  const bases = [...visitors(node, plain), plain]
  if (rule?.missing !== undefined) {
    const [gone] = rule.missing
    return bases.map((values) => Object.fromEntries(Object.entries(values).filter(([id]) => id !== gone)))
  }
  const varied = rule?.field === undefined ? fields : fields.filter(({ id }) => id === rule.field)
  const example = rule === undefined ? undefined : exampleOf(rule)
  const variations = bases.flatMap((values) =>
    varied.flatMap((field) => {
      const tries = example === undefined ? candidates(field) : [example]
      return tries.map((value) => ({ ...values, [field.id]: value }))
    }),
  )
  return [...bases, ...variations]
}

/** Fitting ones first. */
function candidates(field: FlowField): readonly string[] {
  const own = field.initialValue === undefined ? [] : [field.initialValue]
  const all = [...own, ...(field.rich?.options ?? []), ...(usual.get(field.type ?? '') ?? []), ...anything]
  const isGood = (value: string): boolean => value !== '' && fits(field, value) && isOffered(field, value)
  return [...all.filter(isGood), ...all.filter((value) => !isGood(value))]
}

/** What each of the people a website knows brings along. */
function visitors({ site, step }: StepNode, plain: Values): Values[] {
  return Object.values(site?.users ?? {}).map(({ cookies, then }) => {
    const jar: Values = { ...cookies, ...then?.cookies }
    const own = (step.fields ?? []).map(({ id, name = id }) => {
      const cookie = Object.hasOwn(jar, name) ? jar[name] : undefined
      return [id, cookie === undefined ? (plain[id] ?? '') : decodedCookie(cookie)] as const
    })
    return Object.fromEntries(own)
  })
}

function firstMatch(rules: readonly SubmitRule[], values: Values): number {
  return rules.findIndex(({ field = '', is, missing, re, ...rule }) => {
    if (missing !== undefined) return missing.some((id) => (values[id] ?? '') === '')
    if (is !== undefined) return values[field] === is
    if (re !== undefined) return new RegExp(re, 'u').test(values[field] ?? '')
    return rule.else === true
  })
}
