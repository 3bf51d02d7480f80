import type { VerificationResponse } from '#contract/beeper/gen/types.gen'
import type { Serve } from '../api.ts'
import { ApiFailure } from '../failure.ts'
import { userIDOf } from '../people.ts'
import type { Verification } from '../verification.ts'
import type { World } from '../world.ts'

export function serveVerifications(serve: Serve, world: World): void {
  const answer = (verification: Verification): VerificationResponse => ({
    session: world.state(),
    ...(world.wire.verifications === 'everywhere' && { verification: verification.toWire() }),
  })
  const move = (id: string, action: Parameters<Verification['require']>[0], run: (it: Verification) => void) => {
    const verification = world.verifications.find(id)
    verification.require(action)
    world.verifications.act(verification, () => {
      run(verification)
    })
    return answer(verification)
  }

  serve('appSetupVerificationsList', () => ({ items: world.verifications.all().map((one) => one.toWire()) }))

  serve('appSetupVerificationsCreate', ({ body }) => {
    const { person } = world.setup.requireSignedIn()
    if (body.userID !== undefined && body.userID !== userIDOf(person)) {
      throw new ApiFailure(404, 'not_found', 'This server verifies only devices of its own account')
    }
    return answer(world.verifications.open({ direction: 'outgoing', purpose: body.purpose ?? 'device' }))
  })

  serve('appSetupVerificationsQRScan', ({ body }) => answer(world.verifications.scan(body.data)))

  serve('appSetupVerificationsRetrieve', ({ path }) => ({
    session: world.state(),
    verification: world.verifications.find(path.verificationID).toWire(),
  }))

  serve('appSetupVerificationsAccept', ({ path }) =>
    move(path.verificationID, 'accept', (it) => {
      it.accepted(undefined)
    }),
  )

  serve('appSetupVerificationsCancel', ({ body, path }) => {
    const verification = world.verifications.find(path.verificationID)
    // Cancelling twice is what a careful client does; it changes nothing.
    if (!verification.isLive) return answer(verification)
    return move(path.verificationID, 'cancel', (it) => {
      it.stop('cancelled', body.code ?? 'm.user', body.reason ?? 'Cancelled on this device')
    })
  })

  serve('appSetupVerificationsQRConfirmScanned', ({ path }) =>
    move(path.verificationID, 'qr.confirmScanned', (it) => {
      it.confirmed('self')
    }),
  )

  serve('appSetupVerificationsSASStart', ({ path }) =>
    move(path.verificationID, 'sas.start', (it) => {
      it.compare()
    }),
  )

  serve('appSetupVerificationsSASConfirm', ({ path }) =>
    move(path.verificationID, 'sas.confirm', (it) => {
      it.confirmed('self')
    }),
  )
}
