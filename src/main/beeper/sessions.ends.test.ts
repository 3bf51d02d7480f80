// How sign-ins at networks end, and what was never seen before, as the simulator plays it over HTTP.
import { describe, expect, test } from 'vitest'
import { cancelSession } from './sessions.ts'
import { visit } from './testing/session-visit.ts'

describe('an end', () => {
  test('R25: may tell nothing but a text', async () => {
    const { submit } = await visit('lab-endings', 'text-only')
    expect(await submit({ name: 'ada' })).toMatchObject({
      kind: 'answered',
      session: {
        outcome: {
          kind: 'complete',
          person: undefined,
          loginID: undefined,
          accountIDs: [],
          instructions: 'Signed in as **Ada Example** (`+1 415 555 0123`)',
        },
      },
    })
  })

  test('may be of two accounts, and of somebody with a picture', async () => {
    const two = await visit('lab-endings', 'two-accounts')
    expect(await two.submit({ name: 'sam' })).toMatchObject({
      session: { outcome: { accountIDs: ['lab-endings_ba_sam', 'lab-endings_ba_sam_work'] } },
    })
    const one = await visit('lab-endings', 'picture')
    expect(await one.submit({ name: 'ada' })).toMatchObject({
      session: {
        outcome: {
          person: {
            name: 'Ada Example',
            detail: '+14155550123',
            imageURL: expect.stringMatching(/^data:image\/png/u) as unknown,
          },
        },
      },
    })
  })

  test('of a website’s sign-in comes from values that were pasted', async () => {
    const { submit, step } = await visit('local-facebook', 'facebook')
    expect(step).toMatchObject({ type: 'cookies' })
    expect(await submit({ xs: '12:AaBcD', c_user: '100001234567890', datr: 'x' })).toMatchObject({
      kind: 'answered',
      session: { outcome: { kind: 'complete', loginID: '100001234567890' } },
    })
  })
})

describe('what was never seen before', () => {
  test.each([
    ['passkey', { type: 'unsupported', wireType: 'webauthn', instructions: 'Use the passkey of this account' }],
    ['client-http', { type: 'unsupported', wireType: 'client_http' }],
    ['dance', { type: 'unsupported', wireType: 'interpretive_dance', instructions: 'Dance before the camera' }],
    ['odd-status', { type: 'user_input' }],
  ])('R27: %s is a step with words and a way out', async (flowID, step) => {
    const one = await visit('lab-unheard-of', flowID, { profile: 'rich' })
    expect(one.step).toMatchObject(step)
    expect(await cancelSession(one.target, one.path)).toMatchObject({ ok: true })
  })
})
