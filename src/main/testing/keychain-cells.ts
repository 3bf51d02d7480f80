// The table of keychain rigs and operations (threat-model.md, KEY): every cell ends in words, and nothing it touched holds a
// token. The limits pass on a fake clock; everything else is waited for.
import type { Result } from '#contract/problem'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { Engine } from '../engine/app.ts'
import type { Vault } from '../ports.ts'
import { createKeychain, killAfterMs, slowAfterMs } from '../vault/keychain.ts'
import { fakeWorld, good } from './fake-world.ts'
import type { FakeWorld } from './fake-world.ts'
import { fakeClock, fakeLog } from './fakes.ts'
import type { FakeClock } from './fakes.ts'
import { filesWithToken, origin, realLimitMs, tokens } from './keychain-rigs.ts'
import type { Rig } from './keychain-rigs.ts'
import { setupOf, signedInBefore } from './samples.ts'

type Operation = 'read' | 'write' | 'delete' | 'probe'

export interface Row {
  readonly name: string
  /** The requirements that every cell of the row proves. */
  readonly proves: string
  readonly open: () => Promise<Rig>
  /** Nobody answers, so that every operation is ended by its limit; `perhaps`: that depends on the release of libsecret. */
  readonly hangs?: 'always' | 'perhaps'
  /** How often an operation makes the keyring ask the person; unset where that cannot be seen. */
  readonly prompts?: Readonly<Record<Operation | 'launch', number>>
  /** What is written, if not simply another token. */
  readonly writes?: string
  /**
   * How each operation ends: `done`, `token`, `nothing` or the code of a problem; a launch: in which phase, with which
   * problem. Several where the release decides.
   */
  readonly cells: Readonly<Record<Operation | 'launch', string | readonly string[]>>
}

/** What an operation proves beside the row. */
const proved = { read: 'KEY-3', write: 'KEY-4', delete: 'KEY-6', probe: 'KEY-4', launch: 'KEY-3 KEY-7' } as const

const acts: Record<
  Operation,
  (vault: Vault, row: Row, onSlow: () => void) => Promise<Result<string | null | undefined>>
> = {
  read: (vault, _row, onSlow) => vault.read(origin, onSlow),
  write: (vault, row, onSlow) => vault.save(origin, row.writes ?? tokens.new, onSlow),
  delete: (vault, _row, onSlow) => vault.remove(origin, onSlow),
  probe: (vault, _row, onSlow) => vault.probe(onSlow),
}

function inWords(result: Result<string | null | undefined>): string {
  if (!result.ok) return result.problem.code
  if (result.value === undefined) return 'done'
  if (result.value === null) return 'nothing'
  return result.value === tokens.old ? 'token' : 'something else'
}

const goesOn = 'main goes on'

/** Lets the limits pass on something that hangs, and sees that this process goes on meanwhile. */
async function waitOut(call: Promise<unknown>, row: Row, clock: FakeClock, said: () => boolean): Promise<void> {
  const hangs = async (): Promise<boolean> => (await Promise.race([call, wait(1, goesOn)])) === goesOn
  const mustHang = row.hangs === 'always'
  if (!(await hangs()) && !mustHang) return
  clock.pass(slowAfterMs - 1)
  expect(said()).toBe(false)
  clock.pass(1)
  if (!(await hangs()) && !mustHang) return
  expect(said(), 'said to wait after 3 s').toBe(true)
  expect(await hangs(), 'not ended before its limit').toBe(true)
  clock.pass(killAfterMs)
}

const wordsOf = (cell: string | readonly string[]): readonly string[] => [cell].flat()

/** What the keychain must hold when an operation has ended like this. */
function heldAfter(operation: Operation | 'launch', row: Row, rig: Rig): string | undefined {
  if (row.cells[operation] !== 'done') return rig.kept
  if (operation === 'write') return row.writes ?? tokens.new
  return operation === 'delete' ? undefined : rig.kept
}

async function expectTraces(operation: Operation | 'launch', row: Row, rig: Rig, promptsBefore: number): Promise<void> {
  if (row.prompts !== undefined) expect(rig.promptCount() - promptsBefore).toBe(row.prompts[operation])
  expect(filesWithToken(rig.folder)).toEqual([])
  if (rig.held !== undefined) expect(await rig.held()).toBe(heldAfter(operation, row, rig))
}

async function playOperation(operation: Operation, row: Row, rig: Rig): Promise<void> {
  await rig.reset()
  const promptsBefore = rig.promptCount()
  const clock = fakeClock()
  const log = fakeLog()
  const processes = rig.processes()
  const keychain = createKeychain({ fork: processes.fork, clock, log })
  try {
    let slowCount = 0
    const call = acts[operation](keychain, row, () => (slowCount += 1))
    await rig.befall(processes)
    if (row.hangs !== undefined) await waitOut(call, row, clock, () => slowCount === 1)
    expect(wordsOf(row.cells[operation])).toContain(inWords(await call))
    expect(clock.waiting, 'no limit is left behind').toBe(0)
    expect(JSON.stringify(log.lines)).not.toContain('SECRET')
    await expectTraces(operation, row, rig, promptsBefore)
  } finally {
    keychain.dispose()
    await processes.close()
  }
}

/** An engine that finds a saved sign-in, over this keychain and a server that lets in whoever has a token. */
function engineOver(vault: Vault, fake: FakeWorld): Engine {
  fake.beeper.glanceAtSetup = () => good(setupOf('initializing'))
  return new Engine({ ...fake.world, vault })
}

const launched = (engine: Engine): Promise<void> =>
  new Promise((resolve) => {
    engine.account.store.subscribe(({ phase }) => {
      if (phase !== 'restoring') resolve()
    })
  })

async function playLaunch(row: Row, rig: Rig): Promise<void> {
  await rig.reset()
  const promptsBefore = rig.promptCount()
  const fake = fakeWorld({ progress: signedInBefore })
  const processes = rig.processes()
  const keychain = createKeychain({ fork: processes.fork, clock: fake.clock, log: fake.log })
  try {
    const engine = engineOver(keychain, fake)
    const end = launched(engine)
    engine.launch()
    await rig.befall(processes)
    const { account } = engine
    const isSlow = (): boolean => account.state.phase === 'restoring' && account.state.isSlow
    if (row.hangs !== undefined) await waitOut(end, row, fake.clock, isSlow)
    await end
    expect(wordsOf(row.cells.launch)).toContain(phaseOf(engine))
    expect(
      processes.requests.map(({ verb }) => verb),
      'asked once, and nothing but to read',
    ).toEqual(['read'])
    expect(fake.progress().servers, 'the note of the sign-in stays').toEqual(signedInBefore.servers)
    const asked = fake.did.filter((what) => what.startsWith('beeper.'))
    if (account.state.phase !== 'signed-in') expect(asked, 'nobody is logged out').toEqual([])
    expect(JSON.stringify([fake.log.lines, fake.settings.read()])).not.toContain('SECRET')
    await expectTraces('launch', row, rig, promptsBefore)
  } finally {
    keychain.dispose()
    await processes.close()
  }
}

function phaseOf({ account: { state } }: Engine): string {
  return state.phase === 'keychain-shut' ? `keychain-shut, ${state.problem.code}` : state.phase
}

/** Makes the tests of a table: a rig a row, the rows side by side, since they mostly wait. */
export function testRows(rows: readonly Row[]): void {
  for (const row of rows)
    describe.concurrent(row.name, () => {
      let rig: Rig
      beforeAll(async () => {
        rig = await row.open()
        return () => {
          rig.close()
        }
      }, realLimitMs)
      for (const operation of ['read', 'write', 'delete', 'probe', 'launch'] as const)
        test(titleOf(operation, row), { concurrent: false }, async () => {
          await (operation === 'launch' ? playLaunch(row, rig) : playOperation(operation, row, rig))
        })
    })
}

function titleOf(operation: Operation | 'launch', { name, proves, hangs, cells }: Row): string {
  const numbers = [...new Set(`${proves} ${proved[operation]}`.split(' '))].sort().join(' ')
  const waits = hangs === undefined ? '' : hangs === 'always' ? 'is said to wait and ' : 'may be said to wait and '
  return `${numbers}: ${name}: ${operation} ${waits}ends as ${wordsOf(cells[operation]).join(' or ')}`
}
