import type { LoginStep } from '#contract/beeper/login'
import { expect, test } from 'vitest'
import { connectStates, subject } from '../testing/connect-states.ts'
import { restingState } from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import type { ConnectState } from './connect.ts'
import { picturesOf } from './pictures.ts'

const showing = (step: LoginStep): ConnectState => ({
  ...subject,
  flowID: undefined,
  loginSessionID: undefined,
  stage: { phase: 'step', serial: 1, step, isBusy: true, isRejected: false, problem: undefined },
})
const emoji = (imageURL: string): ConnectState =>
  showing({ type: 'display_and_wait', stepID: 's', instructions: '', display: { type: 'emoji', imageURL } })

test('ORI-5: only the pictures that are on the screen at this moment are known', () => {
  expect(picturesOf({ ...restingState, connections: allOf(connectStates) })).toEqual([])
  const connections = [emoji('https://one.test/a.png'), emoji('https://two.test/b.png')]
  expect(picturesOf({ ...restingState, connections })).toEqual(['https://one.test/a.png', 'https://two.test/b.png'])
})

test('ORI-5: a picture that only a text names is not one of them', () => {
  const step = { type: 'display_and_wait', stepID: 's', instructions: 'https://evil.test/a.png' } as const
  const connections = [
    showing({ ...step, display: { type: 'qr', data: 'https://evil.test/b.png' } }),
    showing({ ...step, display: { type: 'unsupported', wireType: 'https://evil.test/c.png' } }),
  ]
  expect(picturesOf({ ...restingState, connections })).toEqual([])
})
