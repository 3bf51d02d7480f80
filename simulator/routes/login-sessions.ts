import type { Serve } from '../api.ts'
import { ApiFailure } from '../failure.ts'
import type { World } from '../world.ts'

/** How the API passes on a misplaced submit is not published: as a conflict, or in the bridge's own words. */
const misuseStatus = { strict: 409, rich: 500 }

export function serveLoginSessions(serve: Serve, world: World): void {
  serve('createLoginSession', async ({ body, path, signal }) => {
    if (body.loginID !== undefined && body.accountID !== undefined) {
      throw new ApiFailure(400, 'bad_request', 'Send loginID or accountID, not both')
    }
    const session = await world.sessions.start(path.bridgeID, body)
    return world.sessions.report(session, 'start', signal)
  })

  serve('getLoginSession', ({ path, signal }) => {
    const session = world.sessions.find(path.bridgeID, path.loginSessionID)
    return world.sessions.report(session, 'look', signal)
  })

  serve('cancelLoginSession', ({ path }) => {
    world.sessions.cancel(path.bridgeID, path.loginSessionID)
    return { bridgeID: path.bridgeID, loginSessionID: path.loginSessionID, status: 'cancelled' }
  })

  serve('submitLoginStep', async ({ body, path, signal }) => {
    const session = world.sessions.find(path.bridgeID, path.loginSessionID)
    await session.submit(path.stepID, body.type, body.fields ?? {}, misuseStatus[world.wire.profile])
    return world.sessions.report(session, 'submit', signal)
  })
}
