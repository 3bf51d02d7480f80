// Every sample of the contract, read as the app reads it.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { operations } from './gen/operations.gen.ts'
import { zLoginSession } from './gen/zod.gen.ts'
import { sessionFrom, stepFrom } from './login.ts'
import { setupFrom } from './setup.ts'

const zExamples = z.object({
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
})
const zContent = z.object({ content: z.record(z.string(), zExamples).optional() })
const zOperation = z.object({
  operationId: z.string(),
  requestBody: zContent.optional(),
  responses: z.record(z.string(), zContent),
})

const source = readFileSync(new URL('../../../contract/openapi.yaml', import.meta.url), 'utf8')
const methods = ['get', 'put', 'post', 'delete', 'patch']
const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse(parse(source))

interface Example {
  readonly title: string
  readonly operationID: keyof typeof operations
  readonly status: string | undefined
  readonly value: unknown
}

const isOperation = (id: string): id is keyof typeof operations => Object.hasOwn(operations, id)

function examplesIn(title: string, { content }: z.infer<typeof zContent>): { title: string; value: unknown }[] {
  return Object.values(content ?? {}).flatMap(({ example, examples }) => [
    ...(example === undefined ? [] : [{ title, value: example }]),
    ...Object.entries(examples ?? {}).map(([name, { value }]) => ({ title: `${title} "${name}"`, value })),
  ])
}

const found = Object.values(paths).flatMap((item) =>
  methods.flatMap((method): Example[] => {
    if (item[method] === undefined) return []
    const { operationId, requestBody, responses } = zOperation.parse(item[method])
    if (!isOperation(operationId)) throw new Error(`${operationId} is not in the table of operations`)
    const of = (status: string | undefined, content: z.infer<typeof zContent>): Example[] =>
      examplesIn(`${operationId} ${status ?? 'body'}`, content).map((one) => ({
        ...one,
        operationID: operationId,
        status,
      }))
    return [
      ...(requestBody === undefined ? [] : of(undefined, requestBody)),
      ...Object.entries(responses).flatMap(([status, content]) => of(status, content)),
    ]
  }),
)

/** All members named `example` or `examples` in the document, wherever they stand. */
function countIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, [key, inner]: [string, unknown]) => {
    const own = key === 'example' ? 1 : key === 'examples' ? Object.keys(inner as object).length : 0
    return sum + own + (own === 0 ? countIn(inner) : 0)
  }, 0)
}

describe('the samples of the contract', () => {
  test('are all found: none stands where this test does not look', () => {
    expect(found.length).toBe(countIn(parse(source)))
    expect(found.length).toBeGreaterThanOrEqual(15)
  })

  test.each(found)('$title is decoded by its operation', ({ operationID, status, value }) => {
    const row: {
      readonly bodySchema: z.ZodType | undefined
      readonly answerSchema: z.ZodType | undefined
      readonly successStatus: number
    } = operations[operationID]
    if (status !== undefined) expect(Number(status)).toBe(row.successStatus)
    const schema = status === undefined ? row.bodySchema : row.answerSchema
    expect(schema?.safeParse(value).error).toBeUndefined()
    // Nothing of a sample is unknown to the decoder.
    expect(schema?.parse(value)).toEqual(value)
  })

  const sessions = found.filter(({ value }) => zLoginSession.safeParse(value).success)
  test.each(sessions)('$title becomes a session that the app understands', ({ value }) => {
    const { outcome, ...handles } = sessionFrom(zLoginSession.parse(value))
    expect(handles).toEqual({ bridgeID: 'local-whatsapp', loginSessionID: 's1' })
    if (outcome.kind === 'going-on') expect(['user_input', 'cookies', 'display_and_wait']).toContain(outcome.step.type)
    else
      expect(outcome).toEqual({
        kind: 'failed',
        error: { code: 'login_failed', message: 'The network refused the sign-in.' },
      })
  })

  test('the samples of a session lead to a form, a sign-in window, a picture and an end', () => {
    const kinds = sessions.map(({ value }) => sessionFrom(zLoginSession.parse(value)).outcome)
    const names = kinds.map((outcome) => (outcome.kind === 'going-on' ? outcome.step.type : outcome.kind))
    expect(new Set(names)).toEqual(new Set(['user_input', 'cookies', 'display_and_wait', 'failed']))
  })

  test('the sample of a setup state is a signed-out server', () => {
    const sample = found.find(({ operationID }) => operationID === 'appSetupRetrieve')?.value
    const setup = setupFrom(operations.appSetupRetrieve.answerSchema.parse(sample))
    expect(setup).toMatchObject({
      state: 'needs-login',
      wireState: 'needs-login',
      isKeyBackedUp: false,
      userID: undefined,
    })
  })
})

describe('the steps of every network that the simulator plays', () => {
  const text = readFileSync(new URL('../../../simulator/gen/bridge-flows.gen.json', import.meta.url), 'utf8')
  const zNode = z.union([z.object({ step: z.looseObject({ type: z.string() }) }), z.object({ end: z.string() })])
  const zFlows = z.object({
    bridges: z.array(
      z.object({
        bridge: z.object({ id: z.string() }),
        flows: z.array(z.object({ id: z.string(), nodes: z.record(z.string(), zNode) })),
      }),
    ),
  })
  const nodes = zFlows
    .parse(JSON.parse(text))
    .bridges.flatMap(({ bridge, flows }) =>
      flows.flatMap((flow) =>
        Object.entries(flow.nodes).flatMap(([key, node]) =>
          'step' in node ? [{ title: `${bridge.id} ${flow.id} ${key}`, step: node.step }] : [],
        ),
      ),
    )

  test('are many, and of three types', () => {
    expect(nodes.length).toBeGreaterThan(20)
    expect(new Set(nodes.map(({ step }) => step.type))).toEqual(new Set(['user_input', 'cookies', 'display_and_wait']))
  })

  test.each(nodes)('$title is readable and shows what it says', ({ step }) => {
    const read = stepFrom(step)
    expect(read.type).toBe(step.type)
    expect(read).toMatchObject({ stepID: step['stepID'], instructions: step['instructions'] ?? '' })
    if (read.type === 'display_and_wait') expect(read.display.type).not.toBe('unsupported')
    if (read.type === 'user_input') expect(read.fields.length).toBeGreaterThan(0)
    if (read.type === 'cookies') expect(URL.canParse(read.url)).toBe(true)
  })
})
