// Waiting for the phone: codes that run out and are renewed, a Beeper that goes away in the middle, a computer that sleeps. A
// code that has run out never stays on the screen.
import { en } from '#messages/en'
import { readQr } from '../rig/qr.ts'
import { bringForward, sleep, wake } from '../rig/desktop.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { display, done, failed, form } from '../pages/connect.ts'
import { connecting } from './connect-roads.ts'
import { connect, creates, submits, toCatalogue } from './connect-start.ts'

/** The code that the network would take at this moment. */
async function counting(beeper: Beeper, bridgeID: string): Promise<string> {
  const { display: now } = await beeper.control.session(bridgeID)
  return now?.data ?? ''
}

interface Rotating {
  readonly network: string
  readonly bridgeID: string
  /** Absent where there is only one. */
  readonly flow: string | undefined
  readonly startsAfterMs: number
  /** Seconds that each of its codes counts, as contract/bridge-flows.yaml has them. */
  readonly seconds: readonly number[]
}

const times = (count: number, seconds: number): readonly number[] => Array.from({ length: count }, () => seconds)

const rotating: readonly Rotating[] = [
  { network: 'WhatsApp', bridgeID: 'local-whatsapp', flow: 'QR', startsAfterMs: 3_000, seconds: [60, ...times(5, 20)] },
  { network: 'Signal', bridgeID: 'local-signal', flow: undefined, startsAfterMs: 0, seconds: times(20, 45) },
  { network: 'Telegram', bridgeID: 'local-telegram', flow: 'QR Code', startsAfterMs: 0, seconds: times(22, 27) },
  { network: 'Google Messages', bridgeID: 'local-gmessages', flow: 'QR', startsAfterMs: 0, seconds: times(6, 30) },
]

test.use({ scenario: 'ready' })

for (const { network, bridgeID, flow, startsAfterMs, seconds } of rotating)
  test(
    `R4: the codes of ${network} renew themselves at their real pace, ${seconds.length} of them, and the last one goes too`,
    connecting,
    async ({ desk, beeper }) => {
      const { window } = await toCatalogue(desk, beeper)
      await beeper.control.scale(0)
      await connect(window, network, flow)
      await expect.poll(() => creates(beeper)).toBe(1)
      await beeper.control.step(startsAfterMs)
      await display.qrShown(window, network)
      const seen: string[] = []
      for (const [index, lasting] of seconds.entries()) {
        const code = await counting(beeper, bridgeID)
        await expect.poll(() => readQr(display.qr(window))).toBe(code)
        expect(seen, 'each is new').not.toContain(code)
        seen.push(code)
        // Not a moment before its time.
        await beeper.control.step(lasting * 1_000 - 100)
        expect(await counting(beeper, bridgeID)).toBe(code)
        expect(await readQr(display.qr(window)), `code ${index + 1} while it counts`).toBe(code)
        await beeper.control.step(100)
      }
      await failed.shown(window, network)
      await expect(display.qr(window)).toHaveCount(0)
      await expect(beeper.control.scan(seen.at(-1) ?? ''), 'it would be no use any more').rejects.toThrow()
    },
  )

test(
  'R3: the same code is waited for with one request, however long it takes',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Signal')
    await display.qrShown(window, 'Signal')
    await expect.poll(() => submits(beeper)).toBe(1)
    await beeper.control.step(44_000)
    expect(await submits(beeper)).toBe(1)
    await beeper.control.step(1_000)
    await expect.poll(() => submits(beeper)).toBe(2)
  },
)

test(
  'a code that may have run out while the computer slept is taken off the screen until Beeper has spoken',
  connecting,
  async ({ desk, beeper }) => {
    const { app, window } = await toCatalogue(desk, beeper)
    await connect(window, 'Signal')
    await display.qrShown(window, 'Signal')
    await beeper.control.fault({ operation: 'getLoginSession', hold: true })
    const waits = await submits(beeper)
    await sleep(app)
    await wake(app)
    await expect(display.covered(window).first()).toBeVisible()
    await expect(display.qr(window)).toHaveCount(0)
    await beeper.control.release('getLoginSession')
    await expect.poll(() => readQr(display.qr(window))).toBe(await counting(beeper, 'local-signal'))
    expect(await submits(beeper), 'the wait that was under way was neither dropped nor doubled').toBe(waits)
  },
)

test(
  'RUN-4: what the phone did while the computer slept is found out when it wakes',
  connecting,
  async ({ desk, beeper }) => {
    const { app, window } = await toCatalogue(desk, beeper)
    await connect(window, 'Signal')
    await display.qrShown(window, 'Signal')
    // The answer of the wait gets stuck on its way, as it does when a connection has died.
    await beeper.control.fault({ operation: 'submitLoginStep', holdAnswer: true })
    const { loginSessionID } = await beeper.control.session('local-signal')
    await sleep(app)
    await beeper.control.event(loginSessionID, 'scan')
    await wake(app)
    await done.shown(window, 'Signal')
  },
)

test(
  'RUN-5: Beeper restarts while the phone is waited for: no code meanwhile, then words and one click',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Signal')
    await display.qrShown(window, 'Signal')
    await beeper.control.restart({ downMs: null })
    await expect(display.qr(window)).toHaveCount(0)
    await beeper.control.start()
    await failed.shown(window, 'Signal')
    await expect(window.getByText(en.problems['connect.gone'].title)).toBeVisible()
    await failed.again(window).click()
    await display.qrShown(window, 'Signal')
    await expect.poll(() => readQr(display.qr(window))).toBe(await counting(beeper, 'local-signal'))
  },
)

test(
  'a wait whose answer was lost is taken up again, and what happened meanwhile counts',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Signal')
    await display.qrShown(window, 'Signal')
    await beeper.control.fault({ operation: 'submitLoginStep', dropAfterEffect: true, times: 1 })
    await beeper.control.step(45_000)
    await expect.poll(() => readQr(display.qr(window))).toBe(await counting(beeper, 'local-signal'))
    await beeper.control.scan(await readQr(display.qr(window)))
    await done.shown(window, 'Signal')
  },
)

test('R5: the last minutes of a sign-in are told, and its end is explained', connecting, async ({ desk, beeper }) => {
  const { app, window } = await toCatalogue(desk, beeper)
  await connect(window, 'Slack', 'Email')
  const address = form.field(window, 'Email')
  await address.fill('ada@example.com')
  await expect.poll(() => bringForward(app, 25 * 60_000)).toBe(1)
  for (const minutes of [5, 4, 3, 2, 1]) {
    await expect(window.getByText(en.connection.closesSoon(minutes))).toBeVisible()
    await expect(address, 'what is typed is left alone').toHaveValue('ada@example.com')
    if (minutes === 1) await beeper.control.step(30 * 60_000)
    await expect.poll(() => bringForward(app, 60_000)).toBeGreaterThan(0)
  }
  await failed.shown(window, 'Slack')
  await expect(window.getByText(en.problems['connect.timed-out'].title)).toBeVisible()
  await failed.again(window).click()
  await expect(form.field(window, 'Email'), 'what was typed is there again').toHaveValue('ada@example.com')
})
