// What a person does at a verification goes out once for each click, and is settled by reading when its answer is lost
// (RUN-1; semantics 6, check-first).
import type { Verification } from '#contract/beeper/verification'
import type { ProblemCode } from '#contract/problem'
import type { VerificationStage } from '#contract/view-security'
import { describe, expect, test } from 'vitest'
import { bad, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { verificationOf } from '../../testing/samples.ts'
import { secureBench } from '../../testing/secure-bench.ts'
import type { SecureBench } from '../../testing/secure-bench.ts'
import type { Asked } from '../../testing/secure-server.ts'

const verificationID = 'verification-1'
const asking = verificationOf('requested', { isIncoming: true })
const comparing = verificationOf('sas_ready')

interface Step {
  readonly asked: Asked
  readonly from: Verification
  readonly sends: string
  readonly click: (one: SecureBench) => unknown
  /** Where it stands afterwards. */
  readonly to: VerificationStage['at']
}

const steps: Readonly<Record<string, Step>> = {
  accept: {
    asked: 'accept',
    from: asking,
    sends: 'accept verification-1',
    click: ({ handlers }) => handlers['security.acceptVerification']({ verificationID }),
    to: 'choosing',
  },
  start: {
    asked: 'sas.start',
    from: verificationOf('ready'),
    sends: 'sas.start verification-1',
    click: ({ handlers }) => handlers['security.startEmoji']({ verificationID }),
    to: 'comparing',
  },
  match: {
    asked: 'sas.confirm',
    from: comparing,
    sends: 'sas.confirm verification-1',
    click: ({ handlers }) => handlers['security.confirmEmoji']({ verificationID, emojis: [...comparing.emojis] }),
    to: 'comparing',
  },
  scanned: {
    asked: 'qr.confirmScanned',
    from: verificationOf('qr_scanned'),
    sends: 'qr.confirmScanned verification-1',
    click: ({ handlers }) => handlers['security.confirmScanned']({ verificationID }),
    to: 'settling',
  },
  scan: {
    asked: 'scan',
    from: verificationOf('ready'),
    sends: 'scan MATRIX',
    click: async ({ handlers }) => {
      await handlers['security.scanner']({ isOpen: true })
      return handlers['security.scanCode']({ data: 'MATRIX' })
    },
    to: 'read',
  },
  cancel: {
    asked: 'cancel',
    from: verificationOf('requested'),
    sends: 'cancel verification-1 user',
    click: ({ handlers }) => handlers['security.cancelVerification']({ verificationID, why: 'cancelled' }),
    to: 'ended',
  },
  mismatch: {
    asked: 'cancel',
    from: comparing,
    sends: 'cancel verification-1 mismatch',
    click: ({ handlers }) => handlers['security.cancelVerification']({ verificationID, why: 'mismatch' }),
    to: 'ended',
  },
}
const all = Object.entries(steps)
const lost: readonly ProblemCode[] = ['beeper.timeout', 'beeper.unreachable', 'beeper.upstream', 'beeper.unreadable']
const refusals: readonly ProblemCode[] = [
  ...lost,
  'beeper.fault',
  'beeper.rate-limited',
  'security.too-late',
  'unexpected',
]

/** A bench that shows one in this state. */
async function showing(from: Verification): Promise<SecureBench> {
  const one = await secureBench('needs-verification', { list: [from] })
  await one.handlers['security.showVerification']({ verificationID })
  return one
}

describe.each(all)('RUN-1: %s', (_, { asked, from, sends, click, to }) => {
  test('goes out once for a click, however often it is clicked while it is on its way', async () => {
    const one = await showing(from)
    const answer = one.server.hold(asked)
    for (let n = 0; n < 3; n += 1) await click(one)
    expect(one.verification().isBusy).toBe(true)
    answer()
    await settle()
    expect(one.verification()).toMatchObject({ isBusy: false, problem: undefined, stage: { at: to } })
    await one.pass(30_000)
    expect(one.server.sent).toEqual([sends])
  })

  test.each(refusals)('%s: says so, keeps the way on, and is not repeated', async (code) => {
    const one = await showing(from)
    const { stage } = one.verification()
    one.server.fail(asked, code)
    await click(one)
    await settle()
    expect(one.verification()).toMatchObject({ isBusy: false, problem: { code } })
    expect(one.verification().stage.at).toBe(stage.at)
    await one.pass(30_000)
    expect(one.server.sent).toEqual([sends])
    expect(one.verification().problem).toMatchObject({ code })
    await click(one)
    await settle()
    expect(one.server.sent).toEqual([sends, sends])
    expect(one.verification()).toMatchObject({ problem: undefined, stage: { at: to } })
  })

  test.each(lost)('%s after its effect: settled by reading, and not repeated', async (code) => {
    const one = await showing(from)
    const tidy = await showing(from)
    await click(tidy)
    await settle()
    one.server.fail(asked, code, true)
    await click(one)
    await settle()
    await one.pass(30_000)
    expect(one.server.sent).toEqual([sends])
    expect(one.verification()).toMatchObject({ isBusy: false, problem: undefined })
    // Whoever did it reads the same as if the answer had come; that a code was read no state tells.
    if (asked !== 'scan') expect(one.verification().stage).toEqual(tidy.verification().stage)
  })

  test('a token that is replaced meanwhile: the answer is not heard, and the state is read with the new one', async () => {
    const one = await showing(from)
    const answer = one.server.hold(asked)
    await click(one)
    const { list } = one.server
    await one.renew()
    answer()
    await settle()
    expect(one.verification()).toMatchObject({ isBusy: false })
    expect(one.server.list).toEqual(list)
    expect(one.server.sent).toEqual([sends])
  })

  test('a sign-in that ends meanwhile: nothing comes of the answer', async () => {
    const one = await showing(from)
    const answer = one.server.hold(asked)
    await click(one)
    void one.handlers['find.leave'](undefined)
    await settle()
    const before = one.engine.state.getState()
    answer()
    await settle()
    expect(one.engine.state.getState()).toEqual(before)
  })

  test('a permission that is too small asks for a better one', async () => {
    const one = await showing(from)
    one.server.fail(asked, 'beeper.missing-scope')
    await click(one)
    await settle()
    expect(one.on('authorise')).toMatchObject({ reason: 'scope' })
    void one.handlers['account.cancelAuthorise'](undefined)
    await settle()
    expect(one.verification().problem).toMatchObject({ code: 'beeper.missing-scope' })
  })

  test('a token that is refused ends the sign-in', async () => {
    const one = await showing(from)
    one.server.fail(asked, 'beeper.token-refused')
    await click(one)
    await settle()
    expect(one.engine.target()).toBeUndefined()
    expect(one.server.sent).toEqual([sends])
  })

  test('one that is gone is not asked for anything', async () => {
    const one = await showing(from)
    one.server.list = []
    await one.read()
    expect(one.verification()).toMatchObject({ stage: { at: 'ended', why: 'gone' }, canCancel: false })
    await click(one)
    await settle()
    expect(one.server.sent).toEqual([])
  })

  test('what the server does not list is not sent', async () => {
    const one = await showing({ ...from, actions: [], methods: [] })
    await click(one)
    await settle()
    expect(one.server.sent).toEqual([])
  })
})

test('a request that is answered beside the screen says there what stood in the way', async () => {
  const one = await secureBench('needs-verification', { list: [asking] })
  one.server.fail('cancel', 'beeper.timeout')
  await one.handlers['security.cancelVerification']({ verificationID, why: 'not-me' })
  await settle()
  expect(one.view().requests).toMatchObject([{ verificationID, isBusy: false, problem: { code: 'beeper.timeout' } }])
  await one.handlers['security.cancelVerification']({ verificationID, why: 'not-me' })
  await settle()
  expect(one.view().requests).toEqual([])
  expect(one.server.sent).toEqual(['cancel verification-1 user', 'cancel verification-1 user'])
})

test('ending one is possible while another answer is being waited for', async () => {
  const one = await showing(verificationOf('ready'))
  const answer = one.server.hold('sas.start')
  await one.handlers['security.startEmoji']({ verificationID })
  await one.handlers['security.cancelVerification']({ verificationID, why: 'cancelled' })
  await settle()
  expect(one.verification().stage).toEqual({ at: 'ended', why: 'cancelled', says: '' })
  answer()
  await settle()
  expect(one.verification().stage).toEqual({ at: 'ended', why: 'cancelled', says: '' })
  expect(one.server.sent).toEqual(['sas.start verification-1', 'cancel verification-1 user'])
})

describe('a question to the other devices that nobody has answered', () => {
  test('is taken back once by whoever asked, when the key has opened the messages meanwhile', async () => {
    const one = await secureBench('needs-verification')
    await one.handlers['security.requestVerification'](undefined)
    await settle()
    await one.handlers['security.openDoor']({ door: 'key' })
    await one.handlers['security.unlock']({ recoveryKey: 'SECRET', isSure: true })
    await settle()
    await one.pass(10_000)
    expect(one.server.sent).toEqual(['request', 'unlock', 'cancel asked-1 user'])
  })

  test.each([
    ['refused', bad(problemOf('beeper.fault'))],
    ['without effect', good(undefined)],
  ])('that cannot be taken back (%s) is not tried as fast as the server answers', async (_, answer) => {
    const one = await secureBench('needs-verification')
    await one.handlers['security.requestVerification'](undefined)
    await settle()
    let tries = 0
    one.beeper.cancelVerification = () => {
      tries += 1
      // Without an end to it a client that never rests would never let this test go on either.
      return tries < 20 ? answer : new Promise(() => undefined)
    }
    await one.handlers['security.openDoor']({ door: 'key' })
    await one.handlers['security.unlock']({ recoveryKey: 'SECRET', isSure: true })
    for (let n = 0; n < 20; n += 1) await settle()
    expect(tries).toBe(1)
  })

  test('by somebody else, from the same server, is theirs: it is left alone', async () => {
    const one = await secureBench('ready')
    one.server.list = [verificationOf('requested', { verificationID: 'of-beeper' })]
    one.server.setup = { ...one.server.setup, verification: one.server.list[0] }
    await one.pass(30_000)
    expect(one.server.sent).toEqual([])
  })
})
