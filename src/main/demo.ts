// The demo world: the simulator inside the app, loaded only when somebody asks for it.
import { failed, ok } from '#contract/problem'
import type { Simulator } from '#simulator/simulator'
import type { Demo } from './engine/world.ts'
import type { Log } from './ports.ts'
import type { PhoneWindow } from './shell/phone-window.ts'

/**
 * Makes the demo; nothing starts yet.
 * @param phone the window of its phone
 * @param log told when the simulator does not start
 */
export function createDemo(phone: PhoneWindow, log: Log): Demo {
  let running: Simulator | undefined

  async function stop(): Promise<void> {
    const mine = running
    running = undefined
    phone.close()
    await mine?.close()
  }

  return {
    async start() {
      try {
        await stop()
        const { startSimulator } = await import('#simulator/simulator')
        running = await startSimulator()
        return ok({ origin: running.origin, phoneURL: running.phoneURL })
      } catch (error) {
        log.error('demo.failed', error)
        return failed({ code: 'demo.failed', retry: 'now' })
      }
    },
    stop,
    openPhone: (phoneURL) => {
      phone.open(phoneURL)
    },
  }
}
