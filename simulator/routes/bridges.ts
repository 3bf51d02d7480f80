import type { Serve } from '../api.ts'
import { ApiFailure } from '../failure.ts'
import { loginToWire, type NetworkLogin } from '../networks.ts'
import type { World } from '../world.ts'

export function serveBridges(serve: Serve, world: World): void {
  const login = (bridgeID: string, loginID: string): NetworkLogin => {
    world.networks.find(bridgeID)
    const found = world.networks.findLogin(bridgeID, loginID)
    if (found === undefined) throw new ApiFailure(404, 'not_found', 'No such login')
    return found
  }

  serve('listBridges', () => ({
    items: [...world.networks.bridges.values()].map((state) => world.networks.bridgeToWire(state)),
  }))

  serve('getBridge', ({ path }) => world.networks.bridgeToWire(world.networks.find(path.bridgeID)))

  serve('getBridgeCapabilities', ({ path }) => {
    world.networks.find(path.bridgeID)
    return {
      resolve_identifier: {
        create_dm: true,
        lookup_phone: true,
        lookup_email: false,
        lookup_username: true,
        any_phone: false,
        contact_list: true,
        search: true,
      },
      group_creation: {
        group: { type_description: 'Group', name: { allowed: true, required: true, max_length: 100 } },
      },
    }
  })

  serve('listBridgeLoginFlows', ({ path }) => ({
    items: world.networks.find(path.bridgeID).entry.flows.map(({ description, id, name }) => ({
      id,
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
    })),
  }))

  serve('listBridgeLogins', ({ path }) => {
    world.networks.find(path.bridgeID)
    return { items: world.networks.logins(path.bridgeID).map(loginToWire) }
  })

  serve('getBridgeLogin', ({ path }) => loginToWire(login(path.bridgeID, path.loginID)))

  serve('removeBridgeLogin', ({ body, path }) => {
    const found = login(path.bridgeID, path.loginID)
    if (!loginToWire(found).removeScopes.includes(body.scope)) {
      throw new ApiFailure(400, 'unsupported_scope', `This network cannot sign out ${body.scope}`)
    }
    world.networks.remove(found)
    const { bridgeID, loginID } = path
    return { bridgeID, loginID, status: 'removed', scope: body.scope, affectedAccountIDs: [...found.accountIDs] }
  })
}
