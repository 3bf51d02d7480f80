// The whole road over real HTTP: a new account, its recovery key, the first sync and WhatsApp, as a person walks it, with
// the simulator on the other side and no window in between.
import { ok } from '#contract/problem'
import type { CommandName } from '#contract/command-names'
import { describe, expect, test } from 'vitest'
import { fakeWorld } from '../testing/fake-world.ts'
import { qrOf, run, simulatorOf } from '../testing/road-bench.ts'
import { signedInAt } from '../testing/samples.ts'
import { createMemoryVault } from '../vault/memory.ts'

const email = 'new@example.com'

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
      const key = await handlers['security.createRecoveryKey']({ acceptLoss: false })
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
        origin: simulator.origin,
        servers: [{ origin: simulator.origin, marker: { source: 'account' } }],
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
    expect(kept.progress()).toMatchObject({
      intents: [],
      servers: [{ origin: simulator.origin, marker: { source: 'oauth' } }],
    })

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
      await at(isNew ? 'recovery-key' : 'verify')
    },
  )

  test(
    'RUN-3: a server that goes away is said to be offline and is found again by itself',
    { timeout: 20_000 },
    async () => {
      const simulator = await simulatorOf({ scenario: 'signed-in-elsewhere' })
      const token = await simulator.control.token()
      const kept = fakeWorld({ progress: signedInAt(simulator.origin) })
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
    const kept = fakeWorld({ progress: signedInAt(simulator.origin) })
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
    // The next run offers it afresh.
    expect(kept.progress().sessions).toMatchObject([{ bridgeID: 'local-whatsapp', flowID: 'qr', isOver: true }])
  })
})
