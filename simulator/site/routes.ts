// The websites behind cookie steps (bridge-flows, `site` and `siteRewrite`), all on the simulator's own origin. They know
// nothing of login sessions: what a sign-in leads to is in the cookies it sets, as on the real sites.
import type { Context, Hono } from 'hono'
import type { ServerEnv } from '../api.ts'
import type { Site } from '../bridge-flows.ts'
import { htmlResponse } from '../html.ts'
import { disc } from '../media.ts'
import type { World } from '../world.ts'
import { picturePrefix, sitePrefix } from './addresses.ts'
import { detourPage, entryPage, landingPage, puzzlePage } from './page.ts'

const policy = "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'"

const namelessPicture = new Uint8Array(disc(96, [255, 204, 77], [90, 60, 140]))

interface Visit {
  readonly site: Site
  readonly host: string
  /** Path and query below the host, as the real site would have it. */
  readonly path: string
  /** The address of the host here, without a slash at the end. */
  readonly base: string
}

export function serveSites(app: Hono<ServerEnv>, world: World): void {
  app.get(`${sitePrefix}/:bridge/:flow/:node/:host/*`, (context) => {
    const visit = find(context, world)
    return visit === undefined ? context.notFound() : show(visit)
  })

  app.post(`${sitePrefix}/:bridge/:flow/:node/:host/*`, async (context) => {
    const visit = find(context, world)
    if (visit === undefined) return context.notFound()
    if (visit.path.startsWith('/api/')) return context.json({ ok: true })
    const url = new URL(context.req.url)
    const onward = url.searchParams.get('onward')
    const form = await context.req.formData()
    const typed = form.get('user')
    const name = onward ?? (typeof typed === 'string' ? typed : '')
    const user = Object.hasOwn(visit.site.users, name) ? visit.site.users[name] : undefined
    const step = onward === null ? user : user?.then
    if (step === undefined) return context.redirect(`${visit.base}${visit.site.entry}?refused=1`, 303)
    const separator = step.landing.includes('?') ? '&' : '?'
    const headers = new Headers({ Location: `${visit.base}${step.landing}${separator}as=${encodeURIComponent(name)}` })
    for (const [cookie, value] of Object.entries(step.cookies)) {
      headers.append('Set-Cookie', `${cookie}=${value}; Path=/; HttpOnly; SameSite=Lax`)
    }
    return new Response(null, { status: 303, headers })
  })

  // The emoji a phone has to tap; the file name is its code points, or names nothing.
  app.get(`${picturePrefix}/*`, (context) => {
    if (context.req.path.endsWith('.png'))
      return new Response(namelessPicture, { headers: { 'Content-Type': 'image/png' } })
    const points = /\/([0-9a-f]+(?:_[0-9a-f]+)*)\/emoji\.svg$/.exec(context.req.path)?.[1]
    if (points === undefined) return context.notFound()
    const emoji = String.fromCodePoint(...points.split('_').map((point) => Number.parseInt(point, 16)))
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128"><text x="64" y="100" font-size="100" text-anchor="middle">${emoji}</text></svg>`
    return new Response(svg, { headers: { 'Content-Type': 'image/svg+xml' } })
  })
}

function find(context: Context<ServerEnv>, world: World): Visit | undefined {
  const { bridge = '', flow = '', host = '', node = '' } = context.req.param() as Record<string, string>
  const found = world.networks.bridges.get(bridge)?.entry.flows.find(({ id }) => id === flow)?.nodes[node]
  const site = found !== undefined && 'step' in found ? found.site : undefined
  if (site === undefined || !site.hosts.includes(host)) return undefined
  const prefix = `${sitePrefix}/${bridge}/${flow}/${node}/${host}`
  const url = new URL(context.req.url)
  return { site, host, path: url.pathname.slice(prefix.length) + url.search, base: `${world.origin}${prefix}` }
}

function show({ base, host, path, site }: Visit): Response {
  const url = new URL(path, 'http://site.invalid')
  const name = url.searchParams.get('as')
  const user = name !== null && Object.hasOwn(site.users, name) ? site.users[name] : undefined
  if (name !== null && user !== undefined) {
    const first = user.landing.split('?')[0]
    const isFirst = user.then !== undefined && url.pathname === first
    const onward = isFirst ? `${base}${user.landing}?onward=${encodeURIComponent(name)}` : undefined
    const apps = site.detours.filter((detour) => !detour.startsWith('/'))
    return htmlResponse(
      landingPage({
        host,
        user: name,
        localStorage: site.localStorage ?? {},
        callHome: site.localStorage === undefined ? undefined : `${base}/api/client.boot`,
        appLink: apps[0],
        onward,
      }),
      { policy },
    )
  }
  if (url.pathname !== site.entry) return htmlResponse(detourPage(host, url.pathname), { policy })
  const headers = new Headers()
  for (const cookie of site.before) headers.append('Set-Cookie', `${cookie}=before-${cookie}; Path=/; SameSite=Lax`)
  const isPuzzle = Object.values(site.users).every(({ cookies }) => Object.keys(cookies).length === 0)
  const landing = Object.values(site.users)[0]?.landing ?? '/'
  const page = isPuzzle
    ? puzzlePage(host, `${base}${landing}`)
    : entryPage({
        host,
        action: `${base}${site.entry}`,
        users: Object.keys(site.users),
        isRefused: url.searchParams.has('refused'),
      })
  const response = htmlResponse(page, { policy })
  for (const value of headers.getSetCookie()) response.headers.append('Set-Cookie', value)
  return response
}
