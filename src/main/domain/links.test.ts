import { describe, expect, test } from 'vitest'
import { after } from '../testing/connect-play.ts'
import {
  connectStates,
  displayStep,
  doneState,
  flow,
  formStep,
  idle,
  inputField,
  qrStep,
  siteStep,
  standingAt,
} from '../testing/connect-states.ts'
import { allOf } from '../testing/tables.ts'
import type { ConnectState } from './connect-state.ts'
import { linksOf } from './links.ts'

const one = 'https://one.test/a'
const two = 'https://two.test/b'
const says = `Look at ${one}, or at ${two}.`

describe('WIN-5: the links that may be opened', () => {
  const shown: Readonly<Record<string, ConnectState>> = {
    'instructions of a form': standingAt({ ...formStep, instructions: says }),
    'the explanation of a field': standingAt({
      ...formStep,
      instructions: one,
      fields: [inputField({ id: 'f', description: two })],
    }),
    'instructions of a display': standingAt({ ...qrStep, instructions: says }),
    'a code that is an address': standingAt({
      ...displayStep({ type: 'code', data: two }),
      instructions: one,
    }),
    'the website of a sign-in': standingAt({ ...siteStep, url: one, instructions: two }),
    'instructions of an unknown step': standingAt({ type: 'unsupported', wireType: 'webauthn', instructions: says }),
    'the ways to sign in': {
      ...idle,
      flows: [{ ...flow, description: says }],
      stage: { phase: 'choosing', flows: [{ ...flow, description: says }] },
    },
    'an account that was connected': { ...idle, stage: doneState({ instructions: one, statusText: two }) },
    'the words of a failure': {
      ...idle,
      stage: { phase: 'failed', problem: { code: 'connect.refused', retry: 'now', says } },
    },
    'the words of a refusal': standingAt(formStep, { problem: { code: 'connect.not-taken', retry: 'now', says } }),
  }
  test.each(Object.entries(shown))('are those of %s', (_what, state) => {
    expect([...linksOf(state)].sort()).toEqual([one, two])
  })

  test('are none where nothing is said, and none of what is only data', () => {
    const data = [
      displayStep({ type: 'qr', data: one }),
      displayStep({ type: 'emoji', imageURL: one, emoji: undefined }),
      displayStep({ type: 'unsupported', wireType: one }),
      { ...formStep, fields: [inputField({ id: one, placeholder: one, initialValue: one, pattern: one })] },
    ].map((step) => standingAt(step))
    const silent = ['loading', 'starting', 'interrupted', 'resuming', 'left'] as const
    for (const state of [...data, ...silent.flatMap((phase) => connectStates[phase])])
      expect(linksOf(state)).toEqual([])
  })

  test('are gone with what named them', () => {
    const there = standingAt({ ...formStep, instructions: one })
    expect(linksOf(there)).toEqual([one])
    expect(linksOf(after(there, { type: 'startedOver' }))).toEqual([])
  })

  test('lead to https alone', () => {
    const instructions = 'http://one.test/ javascript:alert(1) slack://x file:///etc https:///none'
    expect(linksOf(standingAt({ ...formStep, instructions }))).toEqual([])
    for (const state of allOf(connectStates))
      for (const link of linksOf(state)) expect(link).toMatch(/^https:\/\/[^/]/u)
  })

  test('are those of the website whatever it is: that is for the opener to judge', () => {
    for (const url of ['http://127.0.0.1:23373/_sim/site/x', 'javascript:x()', ''])
      expect(linksOf(standingAt({ ...siteStep, url }))).toEqual([url])
  })
})
