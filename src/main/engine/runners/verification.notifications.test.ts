// Another device asks: the person hears of it once, wherever they are, and no longer than it is true.
import { describe, expect, test } from 'vitest'
import { problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { setupOf, verificationOf } from '../../testing/samples.ts'
import { secureBench } from '../../testing/secure-bench.ts'
import type { SecureBench } from '../../testing/secure-bench.ts'

const asking = verificationOf('requested', { verificationID: 'in-1', isIncoming: true })
const second = { ...asking, verificationID: 'in-2', device: { id: 'TABLET', name: 'Sam’s tablet' } }

async function away(state: 'ready' | 'needs-verification' = 'needs-verification'): Promise<SecureBench> {
  const one = await secureBench(state)
  one.eyes.areOnWindow = false
  return one
}

async function asks(one: SecureBench, ...list: readonly (typeof asking)[]): Promise<void> {
  one.server.list = list
  one.server.setup = { ...one.server.setup, verification: list.at(-1) }
  await one.read()
}

const open = ({ notifications }: SecureBench): readonly string[] =>
  notifications.filter(({ isOpen }) => isOpen).map(({ peer }) => peer.deviceName)

describe('a notification', () => {
  test('is not shown to whoever looks at the window, not even later: they see the card', async () => {
    const one = await secureBench('needs-verification')
    await asks(one, asking)
    one.eyes.areOnWindow = false
    await one.pass(30_000)
    expect(one.notifications).toEqual([])
    expect(one.view().requests).toMatchObject([{ verificationID: 'in-1', kind: 'asks' }])
  })

  test.each(['ready', 'needs-verification'] as const)('names who asks, once, while the server is %s', async (state) => {
    const one = await away(state)
    await asks(one, asking)
    await one.pass(60_000)
    one.server.listener?.changed()
    one.server.listener?.changed()
    await settle()
    expect(one.notifications.map(({ peer }) => peer)).toEqual([
      { userID: '@sam:beeper.com', deviceID: 'PHONE', deviceName: 'Sam’s phone', isOwn: true },
    ])
  })

  test('tells a stranger from the person’s own device', async () => {
    const one = await away()
    await asks(one, { ...asking, otherUserID: '@ada:example.org' })
    expect(one.notifications[0]?.peer).toMatchObject({ isOwn: false, userID: '@ada:example.org' })
  })

  test('comes for each of several, and each goes when its own ends', async () => {
    const one = await away()
    await asks(one, asking)
    await asks(one, asking, second)
    expect(open(one)).toEqual(['Sam’s phone', 'Sam’s tablet'])
    await asks(one, verificationOf('cancelled', { ...asking, state: 'cancelled', actions: [] }), second)
    expect(open(one)).toEqual(['Sam’s tablet'])
    await asks(one)
    expect(open(one)).toEqual([])
    expect(one.notifications).toHaveLength(2)
  })

  test('goes when it was answered here, and when it was answered elsewhere', async () => {
    for (const end of ['here', 'elsewhere']) {
      const one = await away()
      await asks(one, asking)
      if (end === 'here') await one.handlers['security.acceptVerification']({ verificationID: 'in-1' })
      else await asks(one, verificationOf('cancelled', { ...asking, state: 'cancelled', actions: [] }))
      await settle()
      expect(open(one)).toEqual([])
    }
  })

  test('stays while the server cannot be asked', async () => {
    const one = await away()
    await asks(one, asking)
    one.server.readProblem = problemOf('beeper.unreachable')
    await one.pass(30_000)
    one.server.readProblem = undefined
    one.server.listProblem = problemOf('beeper.fault')
    await one.pass(30_000)
    expect(open(one)).toEqual(['Sam’s phone'])
    expect(one.notifications).toHaveLength(1)
  })

  test('a click shows the request; it is not announced again, and nothing is sent', async () => {
    const one = await away()
    await asks(one, asking)
    one.notifications[0]?.onClick()
    await one.pass(30_000)
    expect(one.verification()).toMatchObject({ verificationID: 'in-1', stage: { at: 'incoming', canAccept: true } })
    expect(one.notifications).toHaveLength(1)
    expect(one.server.sent).toEqual([])
  })

  test.each(['home', 'settings', 'connect'] as const)('a click shows the request from %s too', async (at) => {
    const one = await away('ready')
    await one.handlers['app.go']({ at })
    await asks(one, asking)
    one.notifications[0]?.onClick()
    await settle()
    expect(one.verification()).toMatchObject({ verificationID: 'in-1', stage: { at: 'incoming' } })
  })

  test('a click that comes too late shows what became of it, or nothing', async () => {
    const one = await away()
    await asks(one, asking)
    await asks(one)
    one.notifications[0]?.onClick()
    await settle()
    expect(one.screen()).toBe('verify')
  })

  test.each(['find.leave', 'account.signOut'] as const)('goes with the sign-in: %s', async (way) => {
    const one = await away()
    await asks(one, asking, second)
    if (way === 'find.leave') await one.handlers[way](undefined)
    else await one.handlers[way]({ revoke: false })
    await settle()
    expect(open(one)).toEqual([])
    one.notifications[0]?.onClick()
    await settle()
    expect(one.screen()).toBe('find')
  })

  test('of a sign-in that was refused goes, and comes again with the next sign-in', async () => {
    const one = await away()
    await asks(one, asking)
    one.server.setup = setupOf('needs-login')
    await one.pass(10_000)
    expect(one.engine.target()).toBeUndefined()
    expect(open(one)).toEqual([])
  })
})

test.each(['accept', 'show'] as const)(
  'a card that is answered on another screen leads to its verification: %s',
  async (way) => {
    const one = await secureBench('ready')
    await one.handlers['app.go']({ at: 'settings' })
    await asks(one, asking)
    expect(one.view().requests).toHaveLength(1)
    if (way === 'accept') await one.handlers['security.acceptVerification']({ verificationID: 'in-1' })
    else await one.handlers['security.showVerification']({ verificationID: 'in-1' })
    await settle()
    expect(one.verification().verificationID).toBe('in-1')
  },
)
