import type { Hono } from 'hono'
import type { ServerEnv } from '../api.ts'
import { htmlResponse } from '../html.ts'
import type { World } from '../world.ts'
import { consentPath, faultPage } from './consent-page.ts'

/** Takes the decision made on the consent page and sends the browser back to the app. */
export function serveConsent(app: Hono<ServerEnv>, world: World): void {
  app.post(`${consentPath}/:request`, async (context) => {
    const form = await context.req.formData()
    const decision = form.get('decision') === 'allow' ? 'allow' : 'deny'
    const target = world.oauth.decide(context.req.param('request'), decision)
    if (target === undefined) return htmlResponse(faultPage('This page was used before.'), { status: 400 })
    return context.redirect(target, 302)
  })
}
