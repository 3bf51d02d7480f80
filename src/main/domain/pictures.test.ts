import type { LoginStep } from '#contract/beeper/login'
import { expect, test } from 'vitest'
import { connectStates, displayStep, doneState, idle, standingAt } from '../testing/connect-states.ts'
import { restingState } from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import type { ConnectState } from './connect-state.ts'
import { picturesOf } from './pictures.ts'

const emoji = (imageURL: string): ConnectState =>
  standingAt(displayStep({ type: 'emoji', imageURL, emoji: undefined }), { isBusy: true })
const done = (imageURL: string | undefined): ConnectState => ({
  ...idle,
  stage: doneState({ person: { name: 'Sam', detail: '', imageURL } }),
})
const seen = (...connections: readonly ConnectState[]): readonly string[] =>
  picturesOf({ ...restingState, connections })

test('ORI-5: only the pictures that are on the screen at this moment are known', () => {
  const isEmoji = ({ stage }: ConnectState): boolean =>
    stage.phase === 'step' && stage.step.type === 'display_and_wait' && stage.step.display.type === 'emoji'
  expect(seen(...allOf(connectStates).filter((state) => !isEmoji(state)))).toEqual([])
  const connections = [emoji('https://one.test/a.png'), emoji('https://two.test/b.png')]
  expect(seen(...connections)).toEqual(['https://one.test/a.png', 'https://two.test/b.png'])
})

test('ORI-5: so is the picture of who was connected', () => {
  expect(seen(done('https://one.test/me.png'), done(undefined))).toEqual(['https://one.test/me.png'])
  expect(seen({ ...idle, stage: doneState({ person: undefined }) })).toEqual([])
})

test('ORI-5: a picture that only a text names is not one of them', () => {
  const step = { type: 'display_and_wait', stepID: 's', instructions: 'https://evil.test/a.png' } as const
  const steps: readonly LoginStep[] = [
    { ...step, display: { type: 'qr', data: 'https://evil.test/b.png' } },
    { ...step, display: { type: 'code', data: 'https://evil.test/d.png' } },
    { ...step, display: { type: 'unsupported', wireType: 'https://evil.test/c.png' } },
  ]
  expect(seen(...steps.map((one) => standingAt(one)))).toEqual([])
})
