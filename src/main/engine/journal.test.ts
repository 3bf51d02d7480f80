import { describe, expect, test } from 'vitest'
import type { OpenSession } from '../ports.ts'
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
