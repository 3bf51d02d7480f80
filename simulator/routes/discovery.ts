import { arch, platform, release } from 'node:os'
import type { Serve } from '../api.ts'
import { operationIDs, rowOf } from '../operation.ts'
import type { World } from '../world.ts'

export function serveDiscovery(serve: Serve, world: World): void {
  serve('getInfo', () => {
    const { announcedOrigin: announced, origin, server } = world
    const url = new URL(origin)
    return {
      app: { name: 'Beeper', version: server.version, bundle_id: `com.automattic.beeper.${server.kind}` },
      platform: { os: platform(), arch: arch(), release: release() },
      server: {
        status: 'running',
        base_url: announced,
        port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        remote_access: false,
        mcp_enabled: false,
      },
      endpoints: {
        oauth: endpoints(announced),
        spec: `${announced}/v1/spec`,
        mcp: `${announced}/v0/mcp`,
        ws_events: `${announced}/v1/ws`,
      },
    }
  })

  // Only which paths exist, which is what a client reads it for.
  serve('getServerSpec', () => {
    const paths: Record<string, Record<string, { operationId: string }>> = {}
    for (const operationId of operationIDs) {
      const { method, path } = rowOf(operationId)
      if (isServed(world, path)) paths[path] = { ...paths[path], [method.toLowerCase()]: { operationId } }
    }
    return { openapi: '3.1.0', info: { title: 'Beeper Desktop API', version: world.server.version }, paths }
  })

  serve('getOAuthServerMetadata', () => {
    const { introspection_endpoint, revocation_endpoint, ...others } = endpoints(world.announcedOrigin)
    return {
      // Its own even where the endpoints are not: another issuer would be refused before anybody reads on (RFC 8414, 3.3).
      issuer: world.origin,
      ...others,
      ...(isServed(world, '/oauth/introspect') && { introspection_endpoint }),
      ...(isServed(world, '/oauth/revoke') && { revocation_endpoint }),
      grant_types_supported: ['authorization_code'],
      response_types_supported: ['code'],
      scopes_supported: ['read', 'write'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
    }
  })
}

const endpoints = (origin: string) => ({
  authorization_endpoint: `${origin}/oauth/authorize`,
  token_endpoint: `${origin}/oauth/token`,
  introspection_endpoint: `${origin}/oauth/introspect`,
  userinfo_endpoint: `${origin}/oauth/userinfo`,
  revocation_endpoint: `${origin}/oauth/revoke`,
  registration_endpoint: `${origin}/oauth/register`,
})

/** Whether this server has the path at all: some came late (semantics.md, section 10). */
export function isServed(world: World, path: string): boolean {
  const { hasIntrospection = true, hasRevocation = true } = world.oauth.rules
  if (path === '/oauth/introspect') return hasIntrospection
  if (path === '/oauth/revoke') return hasRevocation
  return world.server.hasSetupPaths || !(path.startsWith('/v1/app/') || path.startsWith('/v1/bridges'))
}
