import type { Serve } from '../api.ts'
import { ApiFailure, OAuthFailure } from '../failure.ts'
import { htmlResponse } from '../html.ts'
import type { Token } from '../tokens.ts'
import type { World } from '../world.ts'
import { consentPage } from './consent-page.ts'

export function serveOAuth(serve: Serve, world: World): void {
  serve('oauth_register_client', ({ body }) => world.oauth.register(body, world.announcedOrigin))

  serve('oauth_authorize', ({ query }) => {
    const { signedIn } = world.setup
    if (signedIn === undefined)
      throw new OAuthFailure('access_denied', 'Nobody is signed in to Beeper on this computer')
    return htmlResponse(consentPage(world.oauth.ask(query), signedIn.person))
  })

  serve('oauth_token', ({ body }) => {
    if (world.setup.signedIn === undefined) throw new OAuthFailure('invalid_grant', 'Nobody is signed in any more')
    const token = world.oauth.exchange(body)
    return {
      access_token: token.value,
      token_type: 'Bearer',
      scope: token.scopes.join(' '),
      ...(token.expiresAtMs !== undefined && { expires_in: Math.floor((token.expiresAtMs - token.issuedAtMs) / 1000) }),
    }
  })

  serve('oauth_introspect_token', ({ body }) => {
    const token = world.tokens.find(body.token, world.clock.now())
    if (token === undefined) return { active: false }
    return { active: true, token_type: 'Bearer', iss: world.origin, ...facts(token) }
  })

  // RFC 7009: an unknown token is as good as a revoked one.
  serve('oauth_revoke_token', ({ body }) => {
    world.tokens.revoke(({ value }) => value === body.token)
    return undefined
  })

  serve('oauth_get_user_info', ({ token }) => {
    if (token === undefined) throw new ApiFailure(401, 'unauthorized', 'A valid token is required')
    return { token_use: 'access', ...facts(token) }
  })
}

function facts(token: Token): {
  sub: string
  scope: string
  iat: number
  exp?: number
  aud?: string
  client_id?: string
} {
  return {
    sub: token.id,
    scope: token.scopes.join(' '),
    iat: Math.floor(token.issuedAtMs / 1000),
    ...(token.expiresAtMs !== undefined && { exp: Math.floor(token.expiresAtMs / 1000) }),
    ...(token.client !== undefined && { aud: token.client.id, client_id: token.client.id }),
  }
}
