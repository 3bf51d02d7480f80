import { arch, platform, release } from 'node:os'
import type { Serve } from '../api.ts'
import { operationIDs, rowOf } from '../operation.ts'
import type { World } from '../world.ts'

export function serveDiscovery(serve: Serve, world: World): void {
  serve('getInfo', () => {
    const { origin } = world
    const url = new URL(origin)
    return {
      app: { name: 'Beeper', version: world.version, bundle_id: 'com.automattic.beeper.desktop' },
      platform: { os: platform(), arch: arch(), release: release() },
      server: {
        status: 'running',
        base_url: origin,
        port: Number(url.port),
        hostname: url.hostname,
        remote_access: false,
        mcp_enabled: false,
      },
      endpoints: {
        oauth: {
          authorization_endpoint: `${origin}/oauth/authorize`,
          token_endpoint: `${origin}/oauth/token`,
          introspection_endpoint: `${origin}/oauth/introspect`,
          userinfo_endpoint: `${origin}/oauth/userinfo`,
          revocation_endpoint: `${origin}/oauth/revoke`,
          registration_endpoint: `${origin}/oauth/register`,
        },
        spec: `${origin}/v1/spec`,
        mcp: `${origin}/v0/mcp`,
        ws_events: `${origin}/v1/ws`,
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
    return { openapi: '3.1.0', info: { title: 'Beeper Desktop API', version: world.version }, paths }
  })

  serve('getOAuthServerMetadata', () => {
    const { origin } = world
    return {
      issuer: origin,
      authorization_endpoint: `${origin}/oauth/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      revocation_endpoint: `${origin}/oauth/revoke`,
      userinfo_endpoint: `${origin}/oauth/userinfo`,
      registration_endpoint: `${origin}/oauth/register`,
      introspection_endpoint: `${origin}/oauth/introspect`,
      grant_types_supported: ['authorization_code'],
      response_types_supported: ['code'],
      scopes_supported: ['read', 'write'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
    }
  })
}

/** Whether this version of the server has the path at all: setup and bridges came late (semantics.md, section 10). */
export function isServed(world: World, path: string): boolean {
  return world.hasSetupPaths || !(path.startsWith('/v1/app/') || path.startsWith('/v1/bridges'))
}
