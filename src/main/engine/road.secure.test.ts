// Secure messages over real HTTP: the engine and its client, with a simulator on the other side and no window in between.
import type { OperationID } from '#simulator/operation'
import type { ScreenOf } from '#contract/view'
import type { VerificationStage, VerificationView } from '#contract/view-security'
import { describe, expect, test } from 'vitest'
import { signedInRun } from '../testing/road-bench.ts'
import type { Traveller } from '../testing/road-bench.ts'

type At = VerificationStage['at']

/** Waits until the verification on the screen stands like this. */
async function standing(
  { at }: Traveller,
  stage: At,
  looks: (verification: VerificationView) => boolean = () => true,
): Promise<VerificationView> {
  const isThere = ({ verification }: ScreenOf<'verification'>): boolean =>
    verification.stage.at === stage && !verification.isBusy && looks(verification)
  return (await at('verification', isThere)).verification
}

/** The person asks, and compares. */
async function compare(one: Awaited<ReturnType<typeof signedInRun>>): Promise<void> {
  const { handlers } = one
  const { control } = one.simulator
  await one.at('verify')
  void handlers['security.requestVerification'](undefined)
  await standing(one, 'outgoing')
  await control.verification('accept')
  const { verificationID } = await standing(one, 'choosing')
  void handlers['security.startEmoji']({ verificationID })
  const { stage } = await standing(one, 'comparing')
  if (stage.at !== 'comparing') throw new Error('nothing to compare')
  void handlers['security.confirmEmoji']({ verificationID, emojis: [...stage.emojis] })
  await standing(one, 'comparing', (now) => now.stage.at === 'comparing' && !now.stage.canAnswer)
  await control.verification('confirm')
}

describe('with another device', () => {
  test('pictures: every step once, and the end is what the server says of the setup', { timeout: 20_000 }, async () => {
    const one = await signedInRun('needs-verification')
    await compare(one)
    await one.at('first-sync')
    expect(await one.simulator.control.counts()).toMatchObject({
      appSetupVerificationsCreate: 1,
      appSetupVerificationsSASStart: 1,
      appSetupVerificationsSASConfirm: 1,
    })
    expect(one.simulator.world.traffic.bugs).toEqual([])
    expect(one.kept.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  const steps: readonly OperationID[] = [
    'appSetupVerificationsCreate',
    'appSetupVerificationsSASStart',
    'appSetupVerificationsSASConfirm',
  ]
  test.each(steps)(
    'RUN-1: the answer to %s is lost after its effect: it is settled by reading, and sent once',
    { timeout: 30_000 },
    async (operation) => {
      const one = await signedInRun('needs-verification')
      await one.simulator.control.fault({ operation, dropAfterEffect: true })
      await compare(one)
      await one.at('first-sync')
      expect((await one.simulator.control.counts())[operation]).toBe(1)
    },
  )

  test(
    'another device asks while one runs already: both are in sight, and either can be answered',
    { timeout: 20_000 },
    async () => {
      const one = await signedInRun('two-devices')
      const { control } = one.simulator
      await one.at('verify')
      const phone = await control.requestVerification({ deviceID: 'ADAPHONE01' })
      const tablet = await control.requestVerification({ deviceID: 'ADATABLET1' })
      void one.handlers['security.checkAgain'](undefined)
      await one.at('verify', () => one.view().requests.length === 2)
      void one.handlers['security.cancelVerification']({ verificationID: phone, why: 'not-me' })
      void one.handlers['security.acceptVerification']({ verificationID: tablet })
      expect((await standing(one, 'choosing')).peer).toMatchObject({ deviceID: 'ADATABLET1', isOwn: true })
      expect(await control.counts()).toMatchObject({ appSetupVerificationsAccept: 1, appSetupVerificationsCancel: 1 })
      expect((await control.counts()).appSetupVerificationsCreate).toBeUndefined()
    },
  )

  test('done, but the server still wants a verification: never called a success', { timeout: 20_000 }, async () => {
    const one = await signedInRun('needs-verification')
    await one.simulator.control.setup({ isHeld: true })
    await compare(one)
    await standing(one, 'settling')
    await one.simulator.control.setup({ isHeld: false })
    await one.at('first-sync')
  })
})

describe('a restart of the server', () => {
  test('RUN-5: while pictures are compared: it is gone, and asked for again', { timeout: 30_000 }, async () => {
    const one = await signedInRun('needs-verification')
    const { control } = one.simulator
    await one.at('verify')
    void one.handlers['security.requestVerification'](undefined)
    await standing(one, 'outgoing')
    await control.verification('accept')
    const { verificationID } = await standing(one, 'choosing')
    void one.handlers['security.startEmoji']({ verificationID })
    await standing(one, 'comparing')
    await control.restart({ downMs: 500, initializingMs: 500 })
    expect((await standing(one, 'ended')).stage).toMatchObject({ why: 'gone' })
    void one.handlers['security.requestVerification'](undefined)
    expect((await standing(one, 'outgoing')).verificationID).not.toBe(verificationID)
    expect((await control.counts()).appSetupVerificationsCreate).toBe(2)
  })

  test('RUN-5 ONE-3: while a new key is shown: it does not count, and that is said', { timeout: 30_000 }, async () => {
    const one = await signedInRun('needs-verification')
    await one.at('verify')
    void one.handlers['security.openDoor']({ door: 'new-key' })
    await one.at('recovery-key')
    expect(await one.handlers['security.createRecoveryKey']({ acceptLoss: true })).toMatchObject({ ok: true })
    await one.simulator.control.restart({ downMs: 500, initializingMs: 5_000 })
    await one.at('preparing')
    await one.at('recovery-key', ({ phase, unfinished }) => phase === 'ask' && unfinished === 'nothing-changed')
    expect((await one.simulator.control.counts()).appSetupVerificationRecoveryKeyReset).toBe(1)
  })
})
