// The whole road over real HTTP: a new account, its recovery key, the first sync and WhatsApp, as a person walks it, with
// the simulator on the other side and no window in between.
import { ok } from '#contract/problem'
import type { CommandName } from '#contract/command-names'
import type { PublishedView, ScreenName, ScreenOf } from '#contract/view'
import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import type { Simulator, SimulatorOptions } from '#simulator/simulator'
import { afterEach, describe, expect, test } from 'vitest'
import { beeper } from '../beeper/beeper.ts'
import { viewOf } from '../domain/view.ts'
import { systemClock } from '../shell/clock.ts'
import { deferred, fakeWorld } from '../testing/fake-world.ts'
import type { FakeWorld } from '../testing/fake-world.ts'
import { createMemoryVault } from '../vault/memory.ts'
import { Engine } from './app.ts'
import { handlersOf } from './handlers.ts'
import type { World } from './world.ts'

const email = 'new@example.com'

interface Traveller {
  readonly engine: Engine
  readonly handlers: ReturnType<typeof handlersOf>
  readonly view: () => PublishedView['view']
  /** Waits for a screen that looks like this; answers it. */
  readonly at: <Name extends ScreenName>(
    name: Name,
    looks?: (screen: ScreenOf<Name>) => boolean,
  ) => Promise<ScreenOf<Name>>
  /** The first page that was opened in the browser. */
  readonly page: Promise<string>
  /** Every View that was shown, as text. */
  readonly shown: string[]
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function simulatorOf(options: SimulatorOptions): Promise<Simulator & { readonly control: Control }> {
  const simulator = await startSimulator(options)
  closers.push(() => simulator.close())
  return { ...simulator, control: new Control(simulator.controlURL) }
}

/** One run of the app, with what earlier runs left in `kept` and `vault`. */
function run(kept: FakeWorld, vault: World['vault']): Traveller {
  const page = deferred<string>()
  const opener: World['opener'] = {
    openPage: (url) => {
      page.resolve(url)
      return Promise.resolve(ok(undefined))
    },
  }
  const engine = new Engine({ ...kept.world, beeper, vault, opener, clock: systemClock })
  closers.push(() => {
    // Quitting ends the process, and with it the event channel; here that has to be said.
    engine.security.send({ type: 'signedOut' })
    return engine.quit()
  })
  const view = (): PublishedView['view'] => viewOf(engine.state.getState(), '0.1.0')
  const shown: string[] = []
  engine.state.subscribe(() => shown.push(JSON.stringify(view())))
  return {
    engine,
    handlers: handlersOf(engine, () => ({ rev: 1, view: view() })),
    view,
    shown,
    page: page.promise,
    at: (name, looks) =>
      new Promise((resolve) => {
        const look = (): void => {
          const { screen } = view()
          if (screen.name !== name) return
          const found = screen as ScreenOf<typeof name>
          if (looks !== undefined && !looks(found)) return
          stop()
          resolve(found)
        }
        const stop = engine.state.subscribe(look)
        look()
      }),
  }
}

const qrOf = (screen: ScreenOf<'connection'>): string | undefined => {
  const { stage } = screen.connection
  return stage.phase === 'step' && stage.step.type === 'display_and_wait' && stage.step.display.type === 'qr'
    ? stage.step.display.data
    : undefined
}

describe('the whole road', () => {
  test(
    'from a new account to a connected network, and back to Home after a relaunch',
    { timeout: 30_000 },
    async () => {
      const simulator = await simulatorOf({ scenario: 'new-account' })
      const { control } = simulator
      const kept = fakeWorld()
      const vault = createMemoryVault()
      const { engine, handlers, at, shown } = run(kept, vault)
      engine.launch()

      await at('find')
      expect(await handlers['find.useAddress']({ address: new URL(simulator.origin).port })).toEqual(ok(undefined))
      await at('email')
      void handlers['account.sendCode']({ email: ` ${email} ` })
      await at('code')
      void handlers['account.submitCode']({ code: '000000' })
      expect((await at('code', ({ problem }) => problem !== undefined)).problem).toMatchObject({
        code: 'account.code-refused',
      })
      const code = await control.newestCode(email)
      void handlers['account.submitCode']({ code: `${code.slice(0, 3)} ${code.slice(3)}` })

      await at('register')
      void handlers['account.register']({ username: 'taken', acceptTerms: true })
      await at('register', ({ problem }) => problem?.code === 'account.username-taken')
      void handlers['account.register']({ username: 'sam', acceptTerms: true })

      await at('recovery-key')
      const key = await handlers['security.createRecoveryKey'](undefined)
      if (!key.ok) throw new Error(key.problem.code)
      const { recoveryKey } = key.value
      await at('recovery-key', ({ phase }) => phase === 'showing')
      const groups = recoveryKey.split(' ')
      void handlers['security.confirmRecoveryKey']({ recoveryKey, group: 2, typedGroup: 'nope' })
      await at('recovery-key', ({ problem }) => problem?.code === 'security.copy-not-proved')
      void handlers['security.confirmRecoveryKey']({
        recoveryKey,
        group: 2,
        typedGroup: (groups[2] ?? '').toLowerCase(),
      })

      await at('first-sync')
      void handlers['app.go']({ at: 'connect' })
      expect((await at('connect', ({ status }) => status === 'loaded')).isSyncing).toBe(true)
      await control.step(10 * 60_000)
      await at('connect', ({ isSyncing }) => !isSyncing)

      void handlers['connect.open']({ bridgeID: 'local-whatsapp' })
      const choosing = await at('connection', ({ connection }) => ['choosing', 'step'].includes(connection.stage.phase))
      const { connectionID, stage } = choosing.connection
      if (stage.phase === 'choosing') void handlers['connect.choose']({ connectionID, flowID: 'qr' })
      const first = qrOf(await at('connection', (screen) => qrOf(screen) !== undefined))
      // The code rotates while nobody scans; the old one is no longer good.
      await control.step(61_000)
      const second = qrOf(await at('connection', (screen) => qrOf(screen) !== undefined && qrOf(screen) !== first))
      await expect(control.scan(first ?? '')).rejects.toThrow()
      await control.scan(second ?? '')
      await at('connection', ({ connection }) => connection.stage.phase === 'done')
      void handlers['app.go']({ at: 'home' })
      const home = await at('home', ({ accounts }) => accounts.length === 1)
      expect(home).toMatchObject({ keptIn: 'keychain', accounts: [{ networkName: 'WhatsApp' }] })

      // Each of the calls that happen once went out once for each click.
      const counts = await control.counts()
      expect(counts).toMatchObject({
        appSetupEmail: 1,
        appSetupResponse: 2,
        appSetupRegister: 2,
        appSetupVerificationRecoveryKeyReset: 1,
        appSetupVerificationRecoveryKeyResetConfirm: 1,
        createLoginSession: 1,
      })
      expect(simulator.world.traffic.bugs).toEqual([])

      // IPC-5, SEC-1: none of what was secret was ever shown, noted or logged.
      const token = await vault.read(simulator.origin)
      const secrets = [token.ok ? token.value : '', code, recoveryKey, recoveryKey.replaceAll(' ', '')]
      for (const secret of secrets) {
        expect(secret).toBeTruthy()
        for (const text of [shown.join('\n'), JSON.stringify(kept.settings.read()), JSON.stringify(kept.log.lines)])
          expect(text).not.toContain(secret)
      }
      expect(kept.progress()).toMatchObject({
        isFirstRunDone: true,
        intents: [],
        sessions: [],
        marker: { origin: simulator.origin },
      })
      expect(kept.log.lines.filter(({ level }) => level === 'error')).toEqual([])

      const again = run(kept, vault)
      again.engine.launch()
      await again.at('home', ({ accounts }) => accounts.length === 1)
    },
  )

  test('a Beeper where somebody is signed in is entered by consent', { timeout: 20_000 }, async () => {
    const simulator = await simulatorOf({ scenario: 'signed-in-elsewhere' })
    const kept = fakeWorld()
    const vault = createMemoryVault()
    const { handlers, at, engine, page } = run(kept, vault)
    await handlers['find.useAddress']({ address: new URL(simulator.origin).port })
    await at('authorise')
    void handlers['account.authorise'](undefined)
    await at('authorise', ({ phase }) => phase === 'waiting')
    await simulator.control.consent(await page)
    await at('connect', ({ status }) => status === 'loaded')
    expect(kept.progress()).toMatchObject({ intents: [], marker: { origin: simulator.origin } })

    // Somebody revokes it: the person is asked again, and nothing is deleted.
    await simulator.control.revoke({})
    void handlers['networks.refresh'](undefined)
    await at('authorise')
    expect(await vault.read(simulator.origin)).toMatchObject({ ok: true, value: expect.any(String) as unknown })
    expect(engine.target()).toBeUndefined()
  })

  const lostCalls: readonly (readonly [CommandName, 'appSetupResponse' | 'appSetupRegister'])[] = [
    ['account.submitCode', 'appSetupResponse'],
    ['account.register', 'appSetupRegister'],
  ]
  test.each(lostCalls)(
    'ONE-2: the answer to %s is lost after its effect: it is found by reading, and permission is asked',
    { timeout: 20_000 },
    async (command, operation) => {
      const isNew = command === 'account.register'
      const address = isNew ? email : 'ada@example.com'
      const simulator = await simulatorOf({ scenario: isNew ? 'new-account' : 'existing-account' })
      const { control } = simulator
      const kept = fakeWorld()
      const { handlers, at, page } = run(kept, createMemoryVault())
      await handlers['find.useAddress']({ address: new URL(simulator.origin).port })
      await at('email')
      void handlers['account.sendCode']({ email: address })
      await at('code')
      if (!isNew) await control.fault({ operation, dropAfterEffect: true })
      void handlers['account.submitCode']({ code: await control.newestCode(address) })
      if (isNew) {
        await at('register')
        await control.fault({ operation, dropAfterEffect: true })
        void handlers['account.register']({ username: 'sam', acceptTerms: true })
      }
      await at('authorise')
      expect((await control.counts())[operation]).toBe(1)
      expect(kept.progress().intents).toEqual([])
      void handlers['account.authorise'](undefined)
      await at('authorise', ({ phase }) => phase === 'waiting')
      await control.consent(await page)
      await at(isNew ? 'recovery-key' : 'unlock')
    },
  )

  test(
    'RUN-3: a server that goes away is said to be offline and is found again by itself',
    { timeout: 20_000 },
    async () => {
      const simulator = await simulatorOf({ scenario: 'signed-in-elsewhere' })
      const token = await simulator.control.token()
      const kept = fakeWorld({ progress: { marker: { origin: simulator.origin, savedAt: '' } } })
      const vault = createMemoryVault()
      await vault.save(simulator.origin, token)
      const { engine, at, view } = run(kept, vault)
      engine.launch()
      await at('connect', ({ status }) => status === 'loaded')
      const until = (check: () => boolean): Promise<void> =>
        new Promise((resolve) => {
          const look = (): void => {
            if (!check()) return
            stop()
            resolve()
          }
          const stop = engine.state.subscribe(look)
          look()
        })
      await simulator.control.fault({ operation: 'appSetupRetrieve', dropBeforeEffect: true })
      engine.security.send({ type: 'readDue' })
      await until(() => view().isOffline)
      await simulator.control.release()
      await until(() => !view().isOffline)
    },
  )

  test('RUN-9: quitting with a sign-in under way cancels it on the server', { timeout: 20_000 }, async () => {
    const simulator = await simulatorOf({ scenario: 'signed-in-elsewhere' })
    const kept = fakeWorld({ progress: { marker: { origin: simulator.origin, savedAt: '' } } })
    const vault = createMemoryVault()
    await vault.save(simulator.origin, await simulator.control.token())
    const { engine, handlers, at } = run(kept, vault)
    engine.launch()
    await at('connect', ({ status }) => status === 'loaded')
    void handlers['connect.open']({ bridgeID: 'local-whatsapp' })
    const { connection } = await at('connection', ({ connection: one }) =>
      ['choosing', 'step'].includes(one.stage.phase),
    )
    if (connection.stage.phase === 'choosing')
      void handlers['connect.choose']({ connectionID: connection.connectionID, flowID: 'qr' })
    await at('connection', (screen) => qrOf(screen) !== undefined)
    expect(kept.progress().sessions).toHaveLength(1)
    await engine.quit()
    const { sessions } = await simulator.control.snapshot()
    expect(sessions.filter(({ phase }) => phase === 'live')).toEqual([])
    expect(kept.progress().sessions).toEqual([])
  })
})
