// Networks that do not exist yet: that all of them can be walked, and that what they are there for really arrives.
import { describe, expect, test } from 'vitest'
import { laboratoryEntries } from './laboratory/register.ts'
import { readyBench, sessionOf, Visit, type Bench } from './testing.ts'
import { manners, replayAll } from './testing-walks.ts'
import { edgesOf, walksOf } from './walks.ts'

type Ready = Bench & { readonly token: string }
interface Sent {
  readonly fields?: readonly Readonly<Record<string, unknown>>[]
  readonly attachments?: readonly unknown[]
  readonly display?: { readonly data?: string; readonly imageURL?: string }
}

const laboratory = (): Promise<Ready> => readyBench({ scenario: 'laboratory', timeScale: 0 })

/** The step as it was sent: what is not published too, which a decoded one is without. */
async function sent(it: Ready, network: string, flowID: string): Promise<Sent> {
  const { body } = await new Visit(it, `lab-${network}`).open({ flowID })
  return (body as { currentStep: Sent }).currentStep
}

async function visit(it: Ready, network: string, flowID: string): Promise<Visit> {
  const made = new Visit(it, `lab-${network}`)
  await made.start({ flowID })
  return made
}

test.each(manners)(
  'every edge leads where the entry says ($profile, $errorSurface)',
  async (manner) => {
    const it = await laboratory()
    for (const entry of laboratoryEntries) await replayAll(it, entry, manner)
  },
  60_000,
)

test('every edge is on a walk, and IDs do not clash', () => {
  for (const entry of laboratoryEntries) {
    const taken = new Set(walksOf(entry).flatMap(({ edges }) => edges))
    expect(taken).toEqual(new Set(edgesOf(entry)))
  }
  const ids = laboratoryEntries.map(({ bridge }) => bridge.id)
  expect(new Set(ids).size).toBe(ids.length)
})

describe('a form', () => {
  test('has every type of field; a strict wire names only the documented ones and says nothing more of them', async () => {
    const it = await laboratory()
    const strict = await sent(it, 'fields', 'every-type')
    expect(new Set(strict.fields?.map(({ type }) => type))).toEqual(
      new Set(['text', 'password', 'phone', 'email', 'url', 'select']),
    )
    expect(JSON.stringify(strict)).not.toMatch(/"(?:options|pattern|description)":/)
    expect(strict.fields?.[0]).toMatchObject({ initialValue: 'Ada' })
    await it.control.wire({ profile: 'rich' })
    const { fields = [] } = await sent(it, 'fields', 'every-type')
    expect(fields.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['username', 'phone_number', '2fa_code', 'token', 'domain', 'captcha_code', 'postcard']),
    )
    expect(fields.find(({ type }) => type === 'select')).toMatchObject({ options: ['Morning', 'Noon', 'Night'] })
  })

  test('may bring what nobody expects where nothing is documented', async () => {
    const it = await laboratory()
    await it.control.wire({ profile: 'rich' })
    expect(await sent(it, 'fields', 'odd-members')).toMatchObject({
      fields: [{ options: 'a,b', pattern: 7, description: { text: 'x' } }, {}, {}, {}],
    })
    const { attachments } = await sent(it, 'gallery', 'puzzle')
    expect(attachments).toHaveLength(10)
    expect(attachments).toEqual(expect.arrayContaining([7, null]))
  })
})

describe('a step', () => {
  test('of a type that is not published is told as it is, and is finished elsewhere', async () => {
    const it = await laboratory()
    const made = await visit(it, 'unheard-of', 'dance')
    expect(made.session).toMatchObject({
      status: 'waiting_for_applause',
      currentStep: { type: 'interpretive_dance', bars: 32, instructions: 'Dance before the camera' },
    })
    expect((await made.submit()).status).toBe(400)
    await it.control.event(made.session.loginSessionID, 'finish_elsewhere')
    expect(sessionOf(await made.look()).status).toBe('complete')
  })

  test('with any character in its ID is submitted when that is percent-encoded (R13, R29)', async () => {
    const it = await laboratory()
    const made = await visit(it, 'identifiers', 'way/1 %2F')
    const { fields } = made.step as { fields?: { id: string }[] }
    await made.go({ [fields?.[0]?.id ?? '']: 'value' })
    expect(made.step.stepID).toBe('lab.step/2 é%')
    await it.control.event(made.session.loginSessionID, 'approve')
    expect(await made.go()).toMatchObject({ status: 'complete', login: { loginID: 'a/b?c%2F#d é' } })
    const path = `/v1/bridges/lab-identifiers/logins/${encodeURIComponent('a/b?c%2F#d é')}`
    expect((await it.call('GET', path, { token: it.token })).status).toBe(200)
  })

  test('of a website is hidden on a rich wire only', async () => {
    const it = await laboratory()
    expect(await sent(it, 'website', 'sources')).not.toHaveProperty('hidden')
    await it.control.wire({ profile: 'rich' })
    expect(await sent(it, 'website', 'sources')).toMatchObject({ hidden: true })
  })
})

describe('a display', () => {
  test('of an emoji names it on a rich wire, and its picture may be one whose address says nothing', async () => {
    const it = await laboratory()
    expect(await sent(it, 'displays', 'emoji-sequence')).not.toHaveProperty('display.data')
    await it.control.wire({ profile: 'rich' })
    const { display } = await sent(it, 'displays', 'emoji-sequence')
    expect(display?.data).toBe('\u{1F6AE}\u200D\u{1F4A8}')
    expect(display?.imageURL).toMatch(/\/1f6ae_200d_1f4a8\/emoji\.svg$/)
    const pictureOf = async (flowID: string): Promise<Response> => {
      const { display } = await sent(it, 'displays', flowID)
      return fetch(display?.imageURL ?? '')
    }
    const nameless = await pictureOf('emoji-nameless')
    expect(nameless.headers.get('content-type')).toBe('image/png')
    expect([...new Uint8Array(await nameless.arrayBuffer()).slice(1, 4)]).toEqual([0x50, 0x4e, 0x47])
    expect((await pictureOf('emoji-missing')).status).toBe(404)
  })

  test('of a QR code has a picture beside it on a rich wire only', async () => {
    const it = await laboratory()
    expect(await sent(it, 'displays', 'qr-and-picture')).not.toHaveProperty('display.imageURL')
    await it.control.wire({ profile: 'rich' })
    expect(await sent(it, 'displays', 'qr-and-picture')).toHaveProperty('display.imageURL')
  })
})

describe('an end', () => {
  const accounts = async (it: Ready): Promise<string[]> =>
    (await it.control.accounts()).filter(({ bridge }) => bridge.id === 'lab-endings').map(({ status }) => status)

  test('may be nothing but a text, and the account follows (R25)', async () => {
    const it = await laboratory()
    const session = await (await visit(it, 'endings', 'text-only')).go({ name: 'ada' })
    expect(session).toMatchObject({ status: 'complete', currentStep: { type: 'complete' } })
    expect(session).not.toHaveProperty('login')
    expect(await accounts(it)).toEqual([])
    await it.control.step(4_000)
    expect(await accounts(it)).toHaveLength(1)
  })

  test('may not last: the account falls off again five seconds later', async () => {
    const it = await laboratory()
    await (await visit(it, 'endings', 'falls-off')).go({ name: 'ada' })
    await it.control.step(4_900)
    expect(await accounts(it)).toEqual(['connected'])
    await it.control.step(200)
    expect(await accounts(it)).toEqual(['reconnect_required'])
  })

  test('shows whose account it is with a picture that is really one', async () => {
    const it = await laboratory()
    const { account } = await (await visit(it, 'endings', 'picture')).go({ name: 'ada' })
    expect(account?.user.imgURL).toMatch(/^data:image\/png;base64,iVBORw0KGgo/)
  })

  test('may come before the beginning, in the shape of the error surface, and then nothing is left (R1)', async () => {
    const it = await laboratory()
    const open = (): Promise<{ status: number; body: unknown }> =>
      new Visit(it, 'lab-endings').open({ flowID: 'at-once' })
    expect(await open()).toMatchObject({
      status: 200,
      body: { status: 'failed', error: { message: 'The other side refused' } },
    })
    await it.control.wire({ errorSurface: 'http' })
    expect(await open()).toMatchObject({ status: 400, body: { code: 'COM.EXAMPLE.LAB.REFUSED' } })
    await it.control.wire({ errorSurface: 'bare' })
    expect(await open()).toMatchObject({ status: 500, body: { code: 'M_UNKNOWN' } })
    expect(it.simulator.world.sessions.all()).toEqual([])
  })
})

test('twelve minutes are waited for in one call', async () => {
  const it = await laboratory()
  const made = await visit(it, 'patience', 'twelve-minutes')
  const wait = made.go()
  await it.control.step(719_000)
  expect(await it.control.session('lab-patience')).toMatchObject({ node: 'wait', phase: 'live' })
  await it.control.step(1_000)
  expect(await wait).toMatchObject({ status: 'complete', login: { loginID: 'patience-sam' } })
})
