// An engine that is signed in to a server with opinions about secure messages.
import type { SetupState } from '#contract/beeper/setup'
import type { Verification } from '#contract/beeper/verification'
import type { ScreenName, ScreenOf } from '#contract/view'
import type { VerificationView } from '#contract/view-security'
import type { Beeper } from '../beeper-port.ts'
import type { Progress } from '../ports.ts'
import { signedIn } from './engine-bench.ts'
import type { Bench } from './engine-bench.ts'
import { settle } from './fakes.ts'
import { setupOf } from './samples.ts'
import { SecureServer } from './secure-server.ts'

export interface SecureBench extends Bench {
  readonly server: SecureServer
  /** Reads at once, as a click on "check again" does, and waits. */
  readonly read: () => Promise<void>
  /** Lets time pass in small steps, so that what is due in between happens. */
  readonly pass: (ms: number) => Promise<void>
  /** The screen, which has to be this one. */
  readonly on: <Name extends ScreenName>(name: Name) => ScreenOf<Name>
  readonly verification: () => VerificationView
  /** The same sign-in gets another token. */
  readonly renew: () => Promise<void>
}

interface More {
  readonly beeper?: Partial<Beeper>
  /** What an earlier run left. */
  readonly progress?: Partial<Progress>
  readonly list?: readonly Verification[]
}

const stepMs = 250

/**
 * Signs in to a server.
 * @param setup how it stands, or the name of that
 * @param more what it does otherwise, and what was before
 */
export async function secureBench(setup: SetupState | SetupState['state'], more: More = {}): Promise<SecureBench> {
  const server = new SecureServer(typeof setup === 'string' ? setupOf(setup) : setup)
  server.list = more.list ?? []
  const one = await signedIn({ ...server.port, ...more.beeper }, more.progress)
  const on = <Name extends ScreenName>(name: Name): ScreenOf<Name> => {
    const { screen } = one.view()
    if (screen.name !== name) throw new Error(`the screen is ${screen.name}, not ${name}`)
    // The name tells the members apart, which a type parameter does not show to the compiler.
    return screen as ScreenOf<Name>
  }
  return {
    ...one,
    server,
    on,
    verification: () => on('verification').verification,
    async read() {
      await one.handlers['security.checkAgain'](undefined)
      await settle()
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= stepMs) {
        one.clock.pass(Math.min(stepMs, left))
        await settle()
      }
    },
    async renew() {
      const credentials = { token: 'SECRET-other', userID: undefined, source: 'oauth' } as const
      one.engine.account.send({ type: 'signedIn', credentials, keptIn: 'keychain' })
      await settle()
    },
  }
}
