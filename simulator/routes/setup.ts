import type { SetupCompleteResponse } from '#contract/beeper/gen/types.gen'
import type { Serve } from '../api.ts'
import { ApiFailure } from '../failure.ts'
import { homeserver, userIDOf, type Person } from '../people.ts'
import type { World } from '../world.ts'

export function serveSetup(serve: Serve, world: World): void {
  serve('appSetupRetrieve', () => world.state())

  serve('appSetupStart', () => {
    if (!world.server.offersSignIn) throw new ApiFailure(403, 'forbidden', 'Sign in inside Beeper')
    requireSignedOut(world)
    return { setupRequestID: world.signIn.start(), signInMethods: ['email'] }
  })

  serve('appSetupEmail', ({ body }) => {
    requireSignedOut(world)
    world.signIn.sendCode(body.setupRequestID, body.email)
    return undefined
  })

  serve('appSetupResponse', ({ body }) => {
    requireSignedOut(world)
    const answered = world.signIn.answer(body.setupRequestID, body.response)
    if (answered.kind === 'known') return signedIn(world, answered.person)
    return {
      registrationRequired: true,
      setupRequestID: answered.id,
      leadToken: answered.leadToken,
      usernameSuggestions: answered.suggestions,
      copy: {
        title: 'Choose your username',
        usernamePlaceholder: 'Username',
        submit: 'Continue',
        terms: 'By continuing, you agree to the Terms of Use and acknowledge the Privacy Policy.',
      },
    }
  })

  serve('appSetupRegister', ({ body }) => {
    requireSignedOut(world)
    return signedIn(world, world.signIn.register(body.setupRequestID, body.leadToken, body.username))
  })

  serve('appSetupVerificationRecoveryKey', ({ body }) => {
    world.setup.useRecoveryKey(body.recoveryKey)
    return { session: world.state() }
  })

  serve('appSetupVerificationRecoveryKeyReset', ({ body }) => {
    const recoveryKey = world.setup.newKey(body.existingRecoveryKey)
    return { recoveryKey, session: world.state() }
  })

  serve('appSetupVerificationRecoveryKeyResetConfirm', ({ body }) => {
    world.setup.confirmKey(body.recoveryKey)
    return { session: world.state() }
  })
}

function requireSignedOut(world: World): void {
  if (world.setup.signedIn !== undefined) throw new ApiFailure(409, 'conflict', 'Somebody is signed in already')
}

// The one answer that carries the account token (semantics.md, section 3, "Returned once").
function signedIn(world: World, person: Person): SetupCompleteResponse {
  const { deviceID } = world.setup.signIn(person)
  const { value: accessToken } = world.issueToken('account')
  return { matrix: { userID: userIDOf(person), deviceID, homeserver, accessToken }, session: world.state() }
}
