import { describe, expect, test } from 'vitest'
import { zAppSetupState } from './gen/zod.gen.ts'
import { setupFrom } from './setup.ts'
import type { SetupState } from './setup.ts'

const e2ee = {
  initialized: true,
  secretStorage: true,
  crossSigning: true,
  verified: false,
  secrets: {
    masterKey: false,
    selfSigningKey: false,
    userSigningKey: false,
    megolmBackupKey: false,
    recoveryKey: false,
  },
  keyBackup: true,
  firstSyncDone: false,
  hasBackedUpRecoveryKey: true,
}
const verification = {
  id: 'v1',
  purpose: 'device',
  direction: 'incoming',
  state: 'requested',
  methods: ['sas'],
  availableActions: ['accept', 'cancel'],
}
const read = (more: object = {}, flags: object = {}): SetupState =>
  setupFrom(zAppSetupState.parse({ state: 'needs-verification', e2ee: { ...e2ee, ...flags }, ...more }))

describe('setupFrom', () => {
  test('reads the state with its flags, its account and what waits', () => {
    const matrix = { userID: '@ada:beeper.com', deviceID: 'D', homeserver: 'https://matrix.beeper.com' }
    expect(read({ matrix, verification })).toEqual({
      state: 'needs-verification',
      wireState: 'needs-verification',
      userID: '@ada:beeper.com',
      isKeyBackedUp: true,
      flags: e2ee,
      keyMadeAtMs: undefined,
      verification: expect.objectContaining({
        verificationID: 'v1',
        isIncoming: true,
        actions: ['accept', 'cancel'],
      }) as unknown,
    })
  })

  test('without them, it has none', () => {
    expect(read()).toMatchObject({ userID: undefined, verification: undefined, keyMadeAtMs: undefined })
  })

  test.each([
    ['seconds', 1_700_000_000, 1_700_000_000_000],
    ['milliseconds', 1_700_000_000_123, 1_700_000_000_123],
    ['seconds with a fraction', 1_700_000_000.5, 1_700_000_000_500],
    ['milliseconds with a fraction', 1_700_000_000_123.9, 1_700_000_000_123],
    ['the last second', 1e11, 1e14],
    ['the first millisecond', 1e11 + 1, 1e11 + 1],
    ['never', 0, undefined],
    ['before all time', -1, undefined],
    ['after all time', 1e308, undefined],
  ])('reads when the key was made: %s', (_, recoveryKeyGeneratedAt, keyMadeAtMs) => {
    expect(read({}, { recoveryKeyGeneratedAt }).keyMadeAtMs).toBe(keyMadeAtMs)
  })
})
