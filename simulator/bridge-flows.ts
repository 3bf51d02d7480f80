// The networks as data: contract/bridge-flows.yaml, turned into JSON by `npm run gen`, decoded once at start-up; and those of
// the laboratory, which are of the same format with some keys more. The decoder is strict: a key the simulator does not know
// would be a behaviour it silently does not play.
import { z } from 'zod'
import document from './gen/bridge-flows.gen.json' with { type: 'json' }

const text = z.string()
const note = { note: text.optional() }
const members = z.record(text, z.unknown())

const zRule = z.strictObject({
  field: text.optional(),
  is: text.optional(),
  re: text.optional(),
  missing: z.array(text).optional(),
  else: z.literal(true).optional(),
  to: text,
  text: text.optional(),
  retryText: text.optional(),
})

const zSource = z.strictObject({
  type: text,
  name: text,
  cookieDomain: text.optional(),
  requestURLRegex: text.optional(),
})

const zField = z.strictObject({
  id: text,
  label: text.optional(),
  name: text.optional(),
  type: text.optional(),
  placeholder: text.optional(),
  initialValue: text.optional(),
  optional: z.boolean().optional(),
  rich: z
    .strictObject({
      description: text.optional(),
      pattern: text.optional(),
      options: z.array(text).optional(),
      required: z.boolean().optional(),
      sources: z.array(zSource).optional(),
      /** Sent over all the others: members in shapes that nobody expects. */
      odd: members.optional(),
    })
    .optional(),
})

const zDisplay = z.strictObject({
  type: text,
  data: text.optional(),
  imageURL: text.optional(),
  rich: z.strictObject({ data: text.optional(), imageURL: text.optional() }).optional(),
  /** Members of a display that nobody knows. */
  more: members.optional(),
})

const zStep = z.strictObject({
  /** One of `statusOfStep` in the document; in the laboratory also what nobody knows. */
  type: text,
  /** Told in place of the status that goes with the type. */
  status: text.optional(),
  stepID: text,
  instructions: text.optional(),
  fields: z.array(zField).optional(),
  display: zDisplay.optional(),
  attachments: z.array(z.unknown()).optional(),
  url: text.optional(),
  userAgent: text.optional(),
  expectedFinalURLRegex: text.optional(),
  extractJS: text.optional(),
  rich: z.strictObject({ hidden: z.boolean().optional() }).optional(),
  /** Members that nobody knows. */
  more: members.optional(),
})

const zVisit = z.strictObject({ cookies: z.record(text, text), landing: text })
const zSiteUser = zVisit.extend({ then: zVisit.optional(), to: text, takes: text.optional(), ...note })

const zSite = z.strictObject({
  entry: text,
  hosts: z.array(text),
  before: z.array(text),
  localStorage: z.record(text, text).optional(),
  users: z.record(text, zSiteUser),
  detours: z.array(text),
})

const zStepNode = z.strictObject({
  step: zStep,
  submit: z.array(zRule).optional(),
  events: z.record(text, text).optional(),
  rotate: z.strictObject({ every: z.union([z.number(), z.array(z.number())]), max: z.number(), then: text }).optional(),
  ttl: z.strictObject({ seconds: z.number(), then: text, basis: text.optional() }).optional(),
  site: zSite.optional(),
  dataFormat: text.optional(),
  ...note,
})

const zEndNode = z.strictObject({
  end: z.enum(['complete', 'failed']),
  person: text.optional(),
  error: text.optional(),
  stepID: text.optional(),
  takes: text.optional(),
  /** The answer holds nothing but a text, and the account follows later, on either wire (R25). */
  isBare: z.boolean().optional(),
  /** The account is no longer well, so long after it was connected. `code` is one of `accountStates`. */
  falls: z.strictObject({ seconds: z.number(), code: text }).optional(),
})

const zFlow = z.strictObject({
  id: text,
  name: text.optional(),
  description: text.optional(),
  start: text,
  startTakes: text.optional(),
  relogin: z.strictObject({ start: text, ...note }),
  nodes: z.record(text, z.union([zStepNode, zEndNode])),
})

const zNetworkError = z.strictObject({
  code: text,
  http: z.number(),
  text,
  retry: text.optional(),
  when: text.optional(),
  details: members.optional(),
})

const zUser = z.strictObject({
  id: text,
  fullName: text.exactOptional(),
  username: text.exactOptional(),
  phoneNumber: text.exactOptional(),
  email: text.exactOptional(),
  imgURL: text.exactOptional(),
  isSelf: z.boolean(),
})

const zBridgeEntry = z.strictObject({
  bridge: z.strictObject({
    id: text,
    displayName: text,
    provider: text,
    type: text,
    network: text,
    supportsMultipleAccounts: z.boolean(),
    status: text,
  }),
  idSource: text,
  loginID: z.strictObject({ what: text, example: text }),
  people: z.record(text, z.strictObject({ loginID: text, accountIDs: z.array(text), user: zUser, text })),
  errors: z.record(text, zNetworkError).default({}),
  limits: z.strictObject({ processTtl: z.number(), ...note }).optional(),
  flows: z.array(zFlow),
  accountStates: z.array(z.strictObject({ code: text.nullable(), status: text, text, warn: z.boolean().optional() })),
})

const zDocument = z
  .object({
    format: z.literal('bridge-flows/1'),
    wire: z.object({
      statusOfStep: z.record(text, text),
      profiles: z.object({
        strict: z.object({ inputFieldType: z.record(text, text), cookieFieldType: z.record(text, text) }),
      }),
    }),
    sharedErrors: z.record(text, zNetworkError),
    bridges: z.array(zBridgeEntry),
  })
  .superRefine(({ bridges, wire }, context) => {
    const nodes = bridges.flatMap(({ flows }) => flows.flatMap((flow) => Object.values(flow.nodes)))
    const types = nodes.flatMap((node) => ('step' in node ? [node.step.type] : []))
    for (const type of types) {
      if (!Object.hasOwn(wire.statusOfStep, type)) context.addIssue(`statusOfStep does not know the step type ${type}`)
    }
  })

export type SubmitRule = z.infer<typeof zRule>
export type FlowField = z.infer<typeof zField>
export type FlowStep = z.infer<typeof zStep>
export type StepNode = z.infer<typeof zStepNode>
export type EndNode = z.infer<typeof zEndNode>
export type Flow = z.infer<typeof zFlow>
export type SiteUser = z.infer<typeof zSiteUser>
export type Site = z.infer<typeof zSite>
export type NetworkError = z.infer<typeof zNetworkError>
export type BridgeEntry = z.infer<typeof zBridgeEntry>

/** An entry as it is written, before defaults. */
export type BridgeEntryInput = z.input<typeof zBridgeEntry>

/** Reads a whole document; throws where it says anything that is not played. */
export const decodeDocument = (value: unknown): z.infer<typeof zDocument> => zDocument.parse(value)

/** Reads one network of a format that is open for step types. Throws like `decodeDocument`. */
export const decodeEntry = (input: BridgeEntryInput): BridgeEntry => zBridgeEntry.parse(input)

const parsed = decodeDocument(document)

export const bridgeEntries: readonly BridgeEntry[] = parsed.bridges
export const wireTables = parsed.wire

/** One of the errors any bridge can give (`sharedErrors`); throws when the document has no such key. */
export function sharedError(key: string): NetworkError {
  const found = parsed.sharedErrors[key]
  if (found === undefined) throw new Error(`bridge-flows has no shared error "${key}"`)
  return found
}
