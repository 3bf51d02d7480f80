// Several networks at once: each goes its own way, one looks from one to the other, and nothing of any of them is lost.
import { en } from '#messages/en'
import type { Page } from '@playwright/test'
import { catalogue, display, done, failed, form, interrupted, leaving, running, ways } from '../pages/connect.ts'
import { button, home } from '../pages/screens.ts'
import { readQr } from '../rig/qr.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { connecting } from './connect-roads.ts'
import { cancels, connect, creates, toCatalogue } from './connect-start.ts'

/** To the list of networks, while the sign-in on the screen goes on. */
async function keepRunning(window: Page): Promise<void> {
  await leaving.begin(window)
  await leaving.keep(window)
  await catalogue.shown(window)
}

/** Unfolds the list of those that run, which is folded where they are many. */
async function unfold(window: Page): Promise<void> {
  const folded = running.list(window).getByRole('button', { expanded: false })
  if (await folded.isVisible()) await folded.click()
}

const liveCount = async ({ control }: Beeper): Promise<number> =>
  (await control.snapshot()).sessions.filter(({ phase }) => phase === 'live').length

test.describe('ten networks side by side', () => {
  test.use({ scenario: 'hundreds' })

  test(
    'each shows its own code, each ends by itself, and quitting cancels the rest',
    connecting,
    async ({ desk, beeper }) => {
      const { window } = await toCatalogue(desk, beeper)
      const { networks: catalogued } = beeper.world
      const networks = [...catalogued.bridges.values()]
        .map((state) => catalogued.bridgeToWire(state))
        .filter(({ type, status, supportsMultipleAccounts }) => {
          const isOpen = status === 'available' || (status === 'connected' && supportsMultipleAccounts)
          return type === 'signal' && isOpen
        })
        .slice(0, 10)
      expect(networks).toHaveLength(10)
      for (const { displayName } of networks) {
        await catalogue.search(window).fill(displayName)
        await connect(window, displayName)
        await display.qrShown(window, displayName)
        await keepRunning(window)
      }
      expect(await liveCount(beeper)).toBe(10)
      expect(await creates(beeper)).toBe(10)

      // The codes of all of them differ; each screen has its own.
      const seen = new Set<string>()
      for (const { id, displayName } of networks) {
        await unfold(window)
        await running.one(window, displayName, 'phone').click()
        await display.qrShown(window, displayName)
        const code = (await beeper.control.session(id)).display?.data ?? ''
        await expect.poll(() => readQr(display.qr(window))).toBe(code)
        seen.add(code)
      }
      expect(seen.size).toBe(10)

      // One ends well and one badly, while the person looks at another.
      const [first, second] = networks
      if (first === undefined || second === undefined) throw new Error('there are ten')
      await beeper.control.event((await beeper.control.session(first.id)).loginSessionID, 'scan')
      await beeper.control.event((await beeper.control.session(second.id)).loginSessionID, 'too_many_devices')
      await unfold(window)
      await expect(running.one(window, first.displayName, 'done')).toBeVisible()
      await expect(running.one(window, second.displayName, 'failed')).toBeVisible()
      await display.qrShown(window, networks[9]?.displayName ?? '')
      await running.one(window, second.displayName, 'failed').click()
      await failed.shown(window, second.displayName)
      await unfold(window)
      await running.one(window, first.displayName, 'done').click()
      await done.shown(window, first.displayName)
      await done.finish(window)
      await expect(button(window, en.home.add)).toBeVisible()
      expect(await liveCount(beeper)).toBe(8)

      await desk.quit()
      expect(await liveCount(beeper), 'RUN-9: nothing is left behind').toBe(0)
    },
  )
})

test.describe('two at a time', () => {
  test.use({ scenario: 'ready' })

  test(
    'what was typed at one is there again after a look at the other; a password is not',
    connecting,
    async ({ desk, beeper }) => {
      const { window } = await toCatalogue(desk, beeper)
      await connect(window, 'Facebook Messenger', 'Messenger iOS')
      await form.fill(window, 'Username or email address', 'ada@example.com')
      await form.fill(window, 'Password', 'typed-and-not-sent')
      await keepRunning(window)
      await connect(window, 'Signal')
      await display.qrShown(window, 'Signal')
      const code = await readQr(display.qr(window))

      await running.one(window, 'Facebook Messenger', 'needs-you').click()
      await expect(form.field(window, 'Username or email address')).toHaveValue('ada@example.com')
      await expect(form.field(window, 'Password')).toHaveValue('')
      await running.one(window, 'Signal', 'phone').click()
      await expect.poll(() => readQr(display.qr(window))).toBe(code)
      expect(await creates(beeper)).toBe(2)
      expect(await cancels(beeper)).toBe(0)
    },
  )

  test(
    'RUN-9: leaving asks once; staying changes nothing, stopping cancels it at the network',
    connecting,
    async ({ desk, beeper }) => {
      const { window } = await toCatalogue(desk, beeper)
      await connect(window, 'Signal')
      await display.qrShown(window, 'Signal')
      await leaving.begin(window)
      await expect(leaving.asks(window, 'Signal')).toBeVisible()
      await leaving.stay(window)
      await expect(leaving.asks(window, 'Signal')).toHaveCount(0)
      await display.qrShown(window, 'Signal')
      expect(await cancels(beeper)).toBe(0)
      await leaving.begin(window)
      await leaving.stop(window)
      await catalogue.shown(window)
      await expect.poll(() => cancels(beeper)).toBe(1)
      expect(await liveCount(beeper)).toBe(0)
      await expect(running.list(window)).toHaveCount(0)
    },
  )

  test(
    'another way can be taken in the middle: the first is cancelled, and one is begun',
    connecting,
    async ({ desk, beeper }) => {
      const { window } = await toCatalogue(desk, beeper)
      await connect(window, 'WhatsApp', 'QR')
      await display.qrShown(window, 'WhatsApp')
      await ways.instead(window, 'Pairing code').click()
      await ways.change(window)
      await expect(form.field(window, 'Phone number')).toBeVisible()
      await expect.poll(() => cancels(beeper)).toBe(1)
      expect(await creates(beeper)).toBe(2)
      expect(await liveCount(beeper)).toBe(1)
    },
  )
})

test.describe('a run that ends in the middle', () => {
  test.use({ scenario: 'ready' })

  test(
    'killed: the next run finds the sign-in again, with the code that counts',
    connecting,
    async ({ desk, beeper }) => {
      const { window } = await toCatalogue(desk, beeper)
      await connect(window, 'Signal')
      await display.qrShown(window, 'Signal')
      await expect.poll(() => desk.settings().progress['sessions']).toHaveLength(1)
      await desk.kill()

      const again = await desk.start()
      await display.qrShown(again.window, 'Signal')
      const code = (await beeper.control.session('local-signal')).display?.data
      await expect.poll(() => readQr(display.qr(again.window))).toBe(code)
      await beeper.control.scan(code ?? '')
      await done.shown(again.window, 'Signal')
      expect(await creates(beeper)).toBe(1)
    },
  )

  test('killed, and the server forgot it meanwhile: it is offered afresh', connecting, async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Signal')
    await display.qrShown(window, 'Signal')
    await expect.poll(() => desk.settings().progress['sessions']).toHaveLength(1)
    await desk.kill()
    await beeper.control.restart()

    const again = await desk.start()
    await home.shown(again.window)
    await running.one(again.window, 'Signal', 'interrupted').click()
    await interrupted.shown(again.window, 'Signal')
    expect(await creates(beeper), 'nothing is begun unasked').toBe(1)
    await interrupted.again(again.window)
    await display.qrShown(again.window, 'Signal')
    expect(await creates(beeper)).toBe(2)
  })

  test(
    'RUN-9: quit: it is cancelled, offered afresh by the next run, and put away for good',
    connecting,
    async ({ desk, beeper }) => {
      const { window } = await toCatalogue(desk, beeper)
      await connect(window, 'Signal')
      await display.qrShown(window, 'Signal')
      await desk.quit()
      expect(await liveCount(beeper)).toBe(0)

      const again = await desk.start()
      await running.one(again.window, 'Signal', 'interrupted').click()
      await interrupted.shown(again.window, 'Signal')
      await interrupted.notNow(again.window)
      await catalogue.shown(again.window)
      await expect(running.list(again.window)).toHaveCount(0)
      await desk.quit()

      const third = await desk.start()
      await home.shown(third.window)
      await expect(button(third.window, en.home.add)).toBeVisible()
      await expect(running.list(third.window)).toHaveCount(0)
      expect(await creates(beeper)).toBe(1)
    },
  )

  test(
    'RUN-9: quit while a sign-in is only being made: it is waited for, and cancelled',
    connecting,
    async ({ desk, beeper }) => {
      const { window } = await toCatalogue(desk, beeper)
      await beeper.control.fault({ operation: 'createLoginSession', delayMs: 500 })
      await connect(window, 'Signal')
      await expect.poll(() => creates(beeper)).toBe(1)
      await desk.quit()
      expect(await liveCount(beeper)).toBe(0)
      expect(await cancels(beeper)).toBe(1)
    },
  )
})
