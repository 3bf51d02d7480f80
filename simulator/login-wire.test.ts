// How a step is told: every member that the two profiles of bridge-flows (`wire.profiles`) name, sent or dropped.
import { describe, expect, test } from 'vitest'
import { readyBench, Visit, type Bench } from './testing.ts'

type Ready = Bench & { readonly token: string }
type Member = Readonly<Record<string, unknown>>
interface Sent {
  readonly url?: string
  readonly extractJS?: string
  readonly fields?: readonly Member[]
  readonly attachments?: readonly Member[]
  readonly display?: Member
}

/** The step as it was sent: a decoded one would be without what is not published. */
async function sent(it: Ready, bridgeID: string, flowID: string): Promise<Sent> {
  const { body } = await new Visit(it, bridgeID).open({ flowID })
  return (body as { currentStep: Sent }).currentStep
}

async function wired(profile: 'strict' | 'rich'): Promise<Ready> {
  const it = await readyBench({ scenario: 'signed-in-elsewhere' })
  await it.control.wire({ profile })
  return it
}

const byID = ({ fields = [] }: Sent, id: string): Member | undefined => fields.find((field) => field['id'] === id)

describe('on a strict wire', () => {
  test('a form has documented types, and nothing more of its fields', async () => {
    const it = await wired('strict')
    expect((await sent(it, 'slackgo', 'app')).fields).toEqual([
      { id: 'bot_token', label: 'Bot token', placeholder: 'xoxb-', type: 'text' },
      { id: 'app_token', label: 'App token', placeholder: 'xapp-', type: 'text' },
    ])
    expect((await sent(it, 'local-whatsapp', 'phone')).fields).toEqual([
      { id: 'phone_number', label: 'Phone number', type: 'phone' },
    ])
  })

  test('a cookie is called like its first source, and what no cookie, header or storage holds has no type (R17)', async () => {
    const step = await sent(await wired('strict'), 'slackgo', 'token')
    expect(byID(step, 'cookie_token')).toEqual({ id: 'cookie_token', name: 'd', type: 'cookie' })
    expect(byID(step, 'auth_token')).toEqual({ id: 'auth_token', name: 'fi.mau.slack.auth_token' })
  })

  test('an emoji is a picture alone', async () => {
    const it = await wired('strict')
    expect(await emoji(it)).toEqual({ type: 'emoji', imageURL: expect.stringContaining('/1f98a/emoji.svg') as string })
  })
})

describe('on a rich wire', () => {
  test('a form has the types of the bridge, descriptions, patterns and options', async () => {
    const it = await wired('rich')
    expect((await sent(it, 'slackgo', 'app')).fields?.[0]).toEqual({
      id: 'bot_token',
      label: 'Bot token',
      placeholder: 'xoxb-',
      type: 'token',
      description: 'Starts with `xoxb-`',
      pattern: '^xoxb-.+$',
    })
    const visit = new Visit(it, 'slackgo')
    await visit.start({ flowID: 'email' })
    await visit.go({ email: 'ada@example.com' })
    await visit.go({ code: 'ABC123' })
    const { currentStep } = (await visit.look()).body as { currentStep: Sent }
    expect(byID(currentStep, 'workspace')).toMatchObject({ type: 'select', description: 'Workspace to connect' })
    expect(byID(currentStep, 'workspace')?.['options']).toHaveLength(4)
  })

  test('a cookie has its pattern and all its sources, moved to where the website is', async () => {
    const it = await wired('rich')
    const step = await sent(it, 'slackgo', 'token')
    expect(byID(step, 'cookie_token')).toEqual({
      id: 'cookie_token',
      name: 'd',
      type: 'cookie',
      required: true,
      pattern: '^xoxd-[a-zA-Z0-9/+=]+$',
      sources: [{ type: 'cookie', name: 'd', cookieDomain: '127.0.0.1' }],
    })
    const [special, request] = byID(step, 'auth_token')?.['sources'] as Member[]
    expect(special).toEqual({ type: 'special', name: 'fi.mau.slack.auth_token' })
    const call = `${step.url?.replace('slack.com/signin', '') ?? ''}app.slack.com/api/client.boot`
    expect(new RegExp(String(request?.['requestURLRegex'])).test(call)).toBe(true)
    expect(byID(await sent(it, 'local-gmessages', 'google'), '__Secure-1PSIDTS')).toMatchObject({ required: false })
  })

  test('an emoji is named beside its picture', async () => {
    expect(await emoji(await wired('rich'))).toEqual({
      type: 'emoji',
      data: '🦊',
      imageURL: expect.stringContaining('/1f98a/emoji.svg') as string,
    })
  })
})

async function emoji(it: Ready): Promise<Member | undefined> {
  const visit = new Visit(it, 'local-gmessages')
  await visit.start({ flowID: 'google' })
  await visit.go({ SID: 'g.sid', HSID: 'x', SSID: 'x', APISID: 'x', SAPISID: 'x', OSID: 'x' })
  return ((await visit.look()).body as { currentStep: Sent }).currentStep.display
}

describe.each(['strict', 'rich'] as const)('on a %s wire', (profile) => {
  test('cookies come in another order each time, and in one and the same for a sign-in (R12)', async () => {
    const it = await wired(profile)
    const orders = new Set<string>()
    for (let n = 0; n < 7; n += 1) {
      const visit = new Visit(it, 'local-gmessages')
      const { currentStep } = await visit.start({ flowID: 'google' })
      expect(((await visit.look()).body as { currentStep: unknown }).currentStep).toEqual(
        JSON.parse(JSON.stringify(currentStep)),
      )
      orders.add(((currentStep as Sent).fields ?? []).map((field) => field['id']).join())
    }
    expect(orders.size).toBe(7)
  })

  test('a code and the pictures of a puzzle are told', async () => {
    const it = await wired(profile)
    const code = new Visit(it, 'local-whatsapp')
    await code.start({ flowID: 'phone' })
    await code.go({ phone_number: '+14155550123' })
    expect(code.step).toMatchObject({ display: { type: 'code', data: 'K7QH-3XPD' } })
    const puzzle = new Visit(it, 'local-facebook')
    await puzzle.start({ flowID: 'messenger-lite' })
    await puzzle.go({ username: 'captcha@example.com', password: 'x' })
    expect((puzzle.step as Sent).attachments).toMatchObject([{ type: 'm.image' }, { type: 'm.audio' }])
  })
})

describe('what takes its time', () => {
  test('is the first QR code of WhatsApp (`startTakes`, R7)', async () => {
    const it = await readyBench({ scenario: 'signed-in-elsewhere', timeScale: 0 })
    const { clock, sessions } = it.simulator.world
    const visit = new Visit(it, 'local-whatsapp')
    const started = visit.start({ flowID: 'qr' })
    while (!clock.isAwaited) await new Promise((resolve) => setImmediate(resolve))
    await it.control.step(2_900)
    expect(sessions.all()).toEqual([])
    await it.control.step(100)
    expect(await started).toMatchObject({ status: 'waiting_for_display' })
  })

  test('is not Telegram after ten minutes, which then says nothing but M_UNKNOWN (`processTtl`)', async () => {
    const it = await readyBench({ scenario: 'signed-in-elsewhere', timeScale: 0 })
    const visit = new Visit(it, 'local-telegram')
    await visit.start({ flowID: 'bot' })
    await it.control.step(599_000)
    expect((await visit.look()).body).toMatchObject({ status: 'waiting_for_input' })
    await it.control.step(1_000)
    expect((await visit.submit({})).body).toMatchObject({ status: 'failed', error: { code: 'M_UNKNOWN' } })
  })
})
