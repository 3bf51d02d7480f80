// The websites behind cookie steps, as a browser without scripts sees them.
import { describe, expect, test } from 'vitest'
import { bridgeEntries } from './bridge-flows.ts'
import { readyBench, request, Visit, type Bench, type Reply } from './testing.ts'

interface CookiesStep {
  readonly type: 'cookies'
  readonly url: string
  readonly expectedFinalURLRegex?: string
  readonly fields: readonly { readonly id: string; readonly name: string }[]
}

async function open(
  bridgeID: string,
  flowID: string,
): Promise<{ it: Bench & { token: string }; visit: Visit; step: CookiesStep }> {
  const it = await readyBench({ scenario: 'signed-in-elsewhere' })
  const visit = new Visit(it, bridgeID)
  await visit.start({ flowID })
  return { it, visit, step: visit.step as unknown as CookiesStep }
}

/** Follows forms and redirects like a browser; returns the jar and where it ended. */
async function signIn(url: string, user: string): Promise<{ jar: Map<string, string>; page: Reply; url: string }> {
  const jar = new Map<string, string>()
  const keep = (reply: Reply): Reply => {
    for (const line of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      jar.set(name, value)
    }
    return reply
  }
  const send = async (action: string): Promise<{ page: Reply; url: string }> => {
    const posted = keep(await request(action, 'POST', { form: { user } }))
    const target = posted.headers.get('location') ?? ''
    return { page: keep(await request(target, 'GET')), url: target }
  }
  const entry = keep(await request(url, 'GET'))
  const actionOf = (page: Reply): string => (/action="([^"]+)"/.exec(page.text)?.[1] ?? '').replaceAll('&amp;', '&')
  let at = await send(actionOf(entry))
  if (actionOf(at.page) !== '' && !at.url.includes('refused')) at = await send(actionOf(at.page))
  return { jar, ...at }
}

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

const users = [
  'local-instagram instagram',
  'local-facebook facebook',
  'local-facebook messenger',
  'local-gmessages google',
].flatMap((name) => {
  const [bridgeID = '', flowID = ''] = name.split(' ')
  const flow = bridgeEntries.find(({ bridge }) => bridge.id === bridgeID)?.flows.find(({ id }) => id === flowID)
  const node = flow?.nodes.cookies
  const site = node !== undefined && 'step' in node ? node.site : undefined
  return Object.entries(site?.users ?? {}).map(([user, { to }]) => ({
    bridgeID,
    flowID,
    user,
    target: flow?.nodes[to],
  }))
})

test.each(users)('$bridgeID $flowID: $user signs in and it leads on', async ({ bridgeID, flowID, target, user }) => {
  const { it, step, visit } = await open(bridgeID, flowID)
  const { jar, url } = await signIn(step.url, user)
  expect(url.startsWith(it.simulator.origin)).toBe(true)
  // Only the one who stops on a page of offers ends where the pattern does not match.
  const { expectedFinalURLRegex = '' } = step
  expect(new RegExp(expectedFinalURLRegex).test(url)).toBe(user !== 'onetap')
  const fields = Object.fromEntries(step.fields.map(({ id, name }) => [id, decode(jar.get(name) ?? '')]))
  const session = await visit.go(fields)
  if (target === undefined) throw new Error('no target')
  if ('end' in target) expect(session.status).toBe(target.end)
  else expect(visit.step.stepID).toBe(target.step.stepID)
})

describe('a site', () => {
  test('sets some cookies before anybody signs in, and knows its people', async () => {
    const { step } = await open('local-instagram', 'instagram')
    const entry = await request(step.url, 'GET')
    expect(entry.headers.getSetCookie().map((line) => line.split('=')[0])).toEqual(['csrftoken', 'mid', 'ig_did'])
    const { jar, page } = await signIn(step.url, 'nobody')
    expect(page.text).toContain('Nobody of that name')
    expect(jar.has('sessionid')).toBe(false)
  })

  test('keeps the second page before the last cookie', async () => {
    const { step } = await open('local-facebook', 'facebook')
    const { jar } = await signIn(step.url, 'twofactor')
    expect([...jar.keys()].sort()).toEqual(['c_user', 'datr', 'xs'])
  })

  test('stores its token and tries to open its app', async () => {
    const { step } = await open('slackgo', 'token')
    const { page } = await signIn(step.url, 'ada')
    expect(page.text).toContain('xoxc-simulated-0001')
    expect(page.text).toContain('slack://')
    expect(page.text).toContain('/api/client.boot')
  })

  test('draws the emoji to tap', async () => {
    const { it, visit } = await open('local-gmessages', 'google')
    const submitted = { SID: 'g.sid', HSID: 'x', SSID: 'x', APISID: 'x', SAPISID: 'x', OSID: 'x' }
    await visit.go(submitted)
    const { display } = visit.step as { display?: { imageURL?: string } }
    expect(display?.imageURL).toContain('/1f98a/emoji.svg')
    expect((await request(display?.imageURL ?? '', 'GET')).text).toContain('🦊')
    expect((await it.call('GET', '/_sim/site/local-gmessages/google/cookies/evil.example/x')).status).toBe(404)
  })
})
