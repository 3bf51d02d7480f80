import type { Account } from '#contract/beeper/gen/types.gen'
import type { Serve } from '../api.ts'
import { ApiFailure } from '../failure.ts'
import { userIDOf } from '../people.ts'
import type { World } from '../world.ts'

export function serveAccounts(serve: Serve, world: World): void {
  serve('getAccounts', () => [beeperAccount(world), ...world.networks.accounts()])

  serve('getAccount', ({ path }) => {
    const all = [beeperAccount(world), ...world.networks.accounts()]
    const found = all.find(({ accountID }) => accountID === path.accountID)
    if (found === undefined) throw new ApiFailure(404, 'not_found', 'No such account')
    return found
  })
}

// The list also holds the Beeper account itself, which is no network.
function beeperAccount(world: World): Account {
  const { person } = world.setup.requireSignedIn()
  return {
    accountID: 'hungryserv',
    bridge: { id: 'matrix', type: 'matrix', provider: 'cloud' },
    user: {
      id: userIDOf(person),
      username: person.username,
      email: person.email,
      ...(person.fullName !== undefined && { fullName: person.fullName }),
      isSelf: true,
    },
    status: 'connected',
    network: 'Beeper',
  }
}
