// RUN-4: the computer slept. What was under way may be long over, so it is dropped, and everything is read and heard anew.
import { describe, expect, test, vi } from 'vitest'
import { settle } from '../testing/fakes.ts'
import { setupOf, verificationOf } from '../testing/samples.ts'
import { secureBench } from '../testing/secure-bench.ts'
import { waits } from '../testing/secure-waits.ts'

const dayMs = 86_400_000
const sleeps = Object.entries(waits)

describe.each(sleeps)('RUN-4: waking while %s', (_, { screen, looks = {}, begin }) => {
  test('drops what is being read, listens anew, reads within 2 s, and stands where it stood', async () => {
    const one = await begin()
    const { server } = one
    expect(one.on(screen)).toMatchObject(looks)
    const sent = [...server.sent]
    server.listener?.started()
    await settle()
    server.areReadsHeld = true
    void one.read()
    await settle()
    const [asleep] = server.reads
    const { listener, listenCount } = server
    one.engine.woken()
    expect(asleep?.signal?.aborted).toBe(true)
    expect(server.listenCount).toBe(listenCount + 1)
    expect(server.listener).not.toBe(listener)
    server.areReadsHeld = false
    const reads = one.count('glanceAtSetup')
    one.clock.pass(2_000)
    await settle()
    expect(one.count('glanceAtSetup')).toBeGreaterThan(reads)
    asleep?.resolve(undefined)
    await settle()
    expect(one.on(screen)).toMatchObject(looks)
    // Nothing is done on anybody's behalf because of it.
    expect(server.sent).toEqual(sent)
  })

  test('goes on with what happened meanwhile', async () => {
    const one = await begin()
    one.server.list = []
    one.server.setup = { ...setupOf('needs-first-sync'), isKeyBackedUp: true, keyMadeAtMs: 1_900_000_000_000 }
    one.engine.woken()
    await one.pass(2_000)
    if (screen === 'connect') await one.handlers['app.go']({ at: 'go-on' })
    // Messages were open and still are: a key that is being made for the next time stays on the screen.
    expect(one.screen()).toBe('reason' in looks && looks.reason === 'backup' ? screen : 'first-sync')
  })

  test('the old channel is no longer heard, the new one is', async () => {
    const one = await begin()
    const old = one.server.listener
    one.engine.woken()
    await one.pass(2_000)
    const before = one.count('glanceAtSetup')
    old?.changed()
    await settle()
    one.server.listener?.started()
    await settle()
    expect(one.engine.security.state.isListening).toBe(true)
    expect(one.count('glanceAtSetup')).toBeGreaterThan(before)
  })

  test.each([
    ['a day on', dayMs],
    ['a day back', -dayMs],
    ['to 1970', -1_700_000_000_000],
  ])('a wall clock that is moved %s changes nothing', async (__, byMs) => {
    const one = await begin()
    const tidy = await begin()
    const { sent } = one.server
    const before = [...sent]
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: Math.max(0, now + byMs) })
    try {
      one.clock.moveWall(byMs)
      const reads = one.count('glanceAtSetup')
      const tidyReads = tidy.count('glanceAtSetup')
      await one.pass(30_000)
      one.engine.woken()
      await one.pass(2_000)
      await tidy.pass(30_000)
      tidy.engine.woken()
      await tidy.pass(2_000)
      expect(one.on(screen)).toMatchObject(looks)
      expect(one.count('glanceAtSetup') - reads).toBe(tidy.count('glanceAtSetup') - tidyReads)
      expect(sent).toEqual(before)
    } finally {
      vi.useRealTimers()
    }
  })
})

test('RUN-4: a request whose answer was slept through may be answered again', async () => {
  const asking = verificationOf('requested', { verificationID: 'in-1', isIncoming: true })
  const one = await secureBench('needs-verification', { list: [asking] })
  one.server.lose('accept')
  const answer = one.server.hold('accept')
  await one.handlers['security.acceptVerification']({ verificationID: 'in-1' })
  one.engine.woken()
  answer()
  await one.pass(2_000)
  expect(one.verification()).toMatchObject({ isBusy: false, stage: { at: 'choosing' } })
  expect(one.server.sent).toEqual(['accept in-1'])
})

test('RUN-4: waking while nobody is signed in asks nobody', async () => {
  const one = await secureBench('ready')
  await one.handlers['find.leave'](undefined)
  await settle()
  const before = [...one.did]
  one.engine.woken()
  await settle()
  expect(one.did).toEqual(before)
})

test('RUN-4: several programs that wake at once do not ask at once: each waits a little, and not always the same', async () => {
  const one = await secureBench('needs-verification')
  const random = vi.spyOn(Math, 'random')
  try {
    for (const [share, ms] of [
      [0.25, 500],
      [0.75, 1_500],
    ] as const) {
      random.mockReturnValue(share)
      one.engine.woken()
      const before = one.count('glanceAtSetup')
      one.clock.pass(ms - 1)
      await settle()
      expect(one.count('glanceAtSetup')).toBe(before)
      one.clock.pass(1)
      await settle()
      expect(one.count('glanceAtSetup')).toBe(before + 1)
    }
  } finally {
    random.mockRestore()
  }
})
