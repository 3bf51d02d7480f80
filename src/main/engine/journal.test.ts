import { describe, expect, test } from 'vitest'
import type { OpenSession } from '../ports.ts'
import { settingsSchema } from '../settings/schema.ts'
import { fakeWorld } from '../testing/fake-world.ts'
import type { FakeOptions, FakeWorld } from '../testing/fake-world.ts'
import { demoServer, otherServer, server } from '../testing/samples.ts'
import { Journal } from './journal.ts'

const session: OpenSession = {
  origin: server.origin,
  bridgeID: 'b',
  loginSessionID: 's',
  networkName: 'N',
  networkType: 'n',
  openedAt: '',
}

function bench(progress: FakeOptions['progress'] = {}): FakeWorld & { journal: Journal } {
  const fake = fakeWorld({ progress })
  return { ...fake, journal: new Journal(fake.settings, fake.clock, fake.log) }
}

describe('ONE-1: intents', () => {
  test('are on the disk when opening answers, hold no secret, and go when they are closed', async () => {
    const { journal, progress, did } = bench()
    const close = await journal.open('createLoginSession', server, { bridgeID: 'local-whatsapp' })
    expect(did).toEqual(['intent+ createLoginSession'])
    expect(progress().intents).toEqual([
      {
        operation: 'createLoginSession',
        origin: server.origin,
        openedAt: '2023-11-14T22:13:20.000Z',
        bridgeID: 'local-whatsapp',
      },
    ])
    await close()
    expect(progress().intents).toEqual([])
  })

  test('two that are alike are closed one by one', async () => {
    const { journal, progress } = bench()
    const [first, second] = await Promise.all([
      journal.open('createLoginSession', server, { bridgeID: 'b' }),
      journal.open('createLoginSession', server, { bridgeID: 'b' }),
    ])
    expect(progress().intents).toHaveLength(2)
    await first()
    await first()
    expect(progress().intents).toHaveLength(1)
    await second()
    expect(progress().intents).toEqual([])
  })

  test('of an earlier run are settled for the server that was read, and for no other', async () => {
    const left = [server, otherServer].map(({ origin }) => ({
      operation: 'appSetupResponse' as const,
      origin,
      openedAt: '',
    }))
    const { journal, progress, did } = bench({ intents: left })
    await journal.settleAll(server)
    expect(progress().intents).toEqual(left.slice(1))
    did.length = 0
    await journal.settleAll(server)
    expect(did).toEqual([])
  })
})

describe('ONE-2, ONE-3: a recovery key that was asked for', () => {
  const operation = 'appSetupVerificationRecoveryKeyReset' as const
  const asked = { operation, origin: server.origin, openedAt: '2023-11-14T22:13:20.000Z' }
  const unsent = { before: { isKept: false }, isSent: false }
  const sent = { before: { isKept: true, madeAtMs: 1 }, isSent: true }

  test('when a run ended leaves a note: it may have been made, and was not confirmed', async () => {
    const { journal, progress } = bench({ intents: [asked] })
    await journal.noteLostKeys()
    expect(progress()).toMatchObject({ intents: [asked], newKeys: [{ origin: server.origin, ...unsent }] })
  })

  test('another call leaves none', async () => {
    const { journal, progress } = bench({ intents: [{ ...asked, operation: 'appSetupRegister' }] })
    await journal.noteLostKeys()
    expect(progress().newKeys).toBeUndefined()
  })

  test('does not take away what is known of one whose confirmation was sent', async () => {
    const newKeys = [{ origin: server.origin, ...sent }]
    const { journal, progress } = bench({ intents: [asked], newKeys })
    await journal.noteLostKeys()
    expect(progress().newKeys).toEqual(newKeys)
  })

  test('at one server is not lost because of a note of another, and goes alone', async () => {
    const other = { origin: otherServer.origin, ...sent }
    const { journal, progress } = bench({ intents: [asked], newKeys: [other] })
    await journal.noteLostKeys()
    expect(progress().newKeys).toEqual([other, { origin: server.origin, ...unsent }])
    await journal.noteNewKey(server, undefined)
    expect(progress().newKeys).toEqual([other])
  })

  test('leaves settings that can be read back, however many there are', async () => {
    const { journal, settings } = bench({ intents: [asked] })
    for (let port = 1; port <= 250; port++)
      await journal.noteNewKey({ isDemo: false, origin: `http://127.0.0.1:${String(port)}` }, sent)
    const onDisk: unknown = JSON.parse(JSON.stringify(settings.read()))
    expect(settingsSchema.safeParse(onDisk).success).toBe(true)
  })

  test('in the demo is not written', async () => {
    const { journal, did } = bench({})
    await journal.noteNewKey(demoServer, sent)
    expect(did).toEqual([])
  })
})

describe('the demo', () => {
  test('leaves nothing', async () => {
    const left = { operation: 'appSetupResponse' as const, origin: demoServer.origin, openedAt: '' }
    const { journal, did, progress } = bench({ intents: [left] })
    const close = await journal.open('appSetupRegister', demoServer)
    await close()
    await journal.settleAll(demoServer)
    expect(did).toEqual([])
    expect(progress().intents).toEqual([left])
  })
})

describe('notes', () => {
  test('a disk that takes nothing stops nobody: the change holds for this run and is logged', async () => {
    const { journal, settings, progress, log } = bench()
    settings.problem = { code: 'unexpected', retry: 'never' }
    await journal.note({ email: 'sam@example.com' })
    expect(progress().email).toBe('sam@example.com')
    expect(log.lines.map(({ event }) => event)).toEqual(['journal-not-written'])
  })

  test('sessions are written only when they changed', async () => {
    const { journal, did } = bench()
    await journal.noteSessions([session])
    await journal.noteSessions([{ ...session }])
    await journal.noteSessions([])
    expect(did).toEqual(['note sessions s', 'note sessions '])
  })
})
