// Ten sign-ins side by side over real HTTP: what happens to one reaches that one alone, and looking at another loses nothing.
import type { ConnectionStage, RunningView } from '#contract/view-connect'
import type { LoginSession } from '#simulator/login-session'
import { describe, expect, test } from 'vitest'
import { launched } from '../testing/connecting-drive.ts'
import type { Drive } from '../testing/connecting-drive.ts'

const timeout = 30_000

interface One {
  readonly bridgeID: string
  readonly connectionID: string
  readonly session: LoginSession
}

interface Ten extends Drive {
  readonly all: readonly One[]
  /** What a person sees who looks at it. */
  readonly seen: (one: One) => Promise<ConnectionStage>
  readonly state: (one: One) => RunningView['state'] | undefined
}

const codeOf = (stage: ConnectionStage): string | undefined =>
  stage.phase === 'step' && stage.step.type === 'display_and_wait' && 'data' in stage.step.display
    ? stage.step.display.data
    : undefined

/** Ten networks of a catalogue of 500: every other one shows a code, the rest ask for a number. */
async function ten(): Promise<Ten> {
  const run = await launched('hundreds')
  const { world } = run.simulator
  const kinds = ['local-whatsapp', 'local-telegram', 'local-signal', 'local-whatsapp', 'local-telegram'] as const
  const taken = new Set<string>()
  const all: One[] = []
  for (let n = 0; n < 10; n += 1) {
    const kind = kinds[n % kinds.length] ?? 'local-signal'
    const found = [...world.networks.bridges.values()].find(
      ({ entry, status }) =>
        entry.bridge.id.startsWith(`${kind}-`) && status === undefined && !taken.has(entry.bridge.id),
    )
    const bridgeID = found?.entry.bridge.id ?? ''
    taken.add(bridgeID)
    await run.begin(bridgeID, kind === 'local-signal' || n % 2 === 0 ? 'qr' : 'phone')
    const session = world.sessions.all().at(-1)
    if (session === undefined) throw new Error('No session was made')
    all.push({ bridgeID, connectionID: run.shown().connectionID, session })
  }
  return {
    ...run,
    all,
    seen: async ({ connectionID }) => {
      await run.tell('app.go', { at: 'connection', connectionID })
      expect(run.shown().connectionID).toBe(connectionID)
      return run.stage()
    },
    state: ({ connectionID }) => run.view().running.find((row) => row.connectionID === connectionID)?.state,
  }
}

const isWaiting = ({ session }: One): boolean => session.node.step.type === 'display_and_wait'
const awaited = (run: Ten, one: One): Promise<void> =>
  run.until(
    `${one.bridgeID} is waited for`,
    () => run.simulator.world.submits.of(one.session.parts.id).now === (isWaiting(one) ? 1 : 0),
  )

describe('ten sign-ins side by side', () => {
  test('each shows its own, and the list shows all', { timeout }, async () => {
    const run = await ten()
    expect(run.view().running).toHaveLength(10)
    for (const one of run.all) {
      await awaited(run, one)
      const stage = await run.seen(one)
      expect(run.state(one)).toBe(isWaiting(one) ? 'phone' : 'needs-you')
      expect(codeOf(stage)).toBe(one.session.liveCode)
    }
    const codes = run.all.map(({ session }) => session.liveCode).filter(Boolean)
    expect(new Set(codes).size).toBe(codes.length)
    expect(run.view().running.filter(({ isShown }) => isShown)).toHaveLength(1)
  })

  test('what happens to one is seen there and nowhere else', { timeout }, async () => {
    const run = await ten()
    const waiting = run.all.filter(isWaiting)
    const left = new Set(run.all)
    for (const [index, one] of waiting.entries()) {
      await awaited(run, one)
      left.delete(one)
      const before = new Map<One, ConnectionStage>()
      for (const other of left) before.set(other, await run.seen(other))
      await run.tell('app.go', { at: 'home' })
      const ends = index % 2 === 0 ? (['scan', 'done'] as const) : (['expire', 'failed'] as const)
      if (ends[0] === 'scan') await run.control.event(one.session.parts.id, 'scan')
      else one.session.cancel()
      await run.until('it has ended', () => run.state(one) === ends[1])
      for (const [other, stage] of before) expect(await run.seen(other), other.bridgeID).toEqual(stage)
    }
    expect(run.view().running).toHaveLength(10)
  })

  test('codes that change while another is looked at are the right ones', { timeout }, async () => {
    const run = await ten()
    const waiting = run.all.filter(isWaiting)
    const [first] = run.all
    if (first === undefined) throw new Error('Nothing is under way')
    for (let round = 1; round <= 3; round += 1) {
      for (const one of waiting) await awaited(run, one)
      await run.seen(first)
      // Less than any of them is shown in all.
      await run.step(46_000)
      for (const one of waiting) {
        await run.seen(one)
        await run.until('it is its own', () => codeOf(run.stage()) === one.session.liveCode)
        expect(run.stage()).toMatchObject({ serial: 1, isStale: false })
      }
    }
    for (const { most } of run.simulator.world.submits.all()) expect(most).toBeLessThanOrEqual(1)
  })

  test('what is typed for one is there after a look at all others, and sent for that one', { timeout }, async () => {
    const run = await ten()
    const asking = run.all.filter((one) => !isWaiting(one))
    const typed = new Map<One, Record<string, string>>()
    for (const [index, one] of asking.entries()) {
      const [field] = one.session.node.step.fields ?? []
      const fields = { [field?.id ?? '']: `+1415555010${String(index)}` }
      typed.set(one, fields)
      await run.seen(one)
      await run.tell('connect.keep', { connectionID: one.connectionID, fields })
    }
    for (const one of run.all) await run.seen(one)
    for (const [one, fields] of typed) {
      const { step } = (await run.seen(one)) as Extract<ConnectionStage, { readonly phase: 'step' }>
      const [[id, initialValue] = ['', '']] = Object.entries(fields)
      expect(step).toMatchObject({ fields: [{ id, initialValue }] })
      await run.tell('connect.submit', { connectionID: one.connectionID, fields, isSure: false })
      await run.until('the next step', () => run.atStep().serial > 1 && !run.atStep().isBusy)
      expect(one.session.nodeKey).toBe('code')
    }
    for (const one of run.all) if (!typed.has(one)) expect(one.session.nodeKey).toBe('qr')
  })

  test('RUN-9: quitting cancels all of them, and the next run offers them afresh', { timeout }, async () => {
    const run = await ten()
    const [done, ...others] = run.all
    if (done === undefined) throw new Error('Nothing is under way')
    await awaited(run, done)
    await run.control.event(done.session.parts.id, 'scan')
    await run.until('one is connected', () => run.state(done) === 'done')
    await run.engine.quit()
    const { sessions } = await run.control.snapshot()
    expect(sessions.filter(({ phase }) => phase === 'live')).toEqual([])
    expect((await run.control.counts()).cancelLoginSession).toBe(9)
    expect(run.kept.progress().sessions.map(({ bridgeID, isOver }) => ({ bridgeID, isOver }))).toEqual(
      others.map(({ bridgeID }) => ({ bridgeID, isOver: true })),
    )
    expect(run.kept.clock.waiting).toBe(0)
  })
})
