import { describe, expect, test } from 'vitest'
import { answered, after, looked, lost, play, stepIn, typed } from '../testing/connect-play.ts'
import {
  displayStep,
  formStep,
  oddStep,
  qrStep,
  rotatedStep,
  secretStep,
  standingAt,
} from '../testing/connect-states.ts'
import { problem } from '../testing/samples.ts'
import type { ConnectEvent, ConnectState, StepState } from './connect-state.ts'

const gone = { inFlight: undefined, lostCount: 1 } as const
const refusal = { code: 'connect.not-taken', retry: 'now' } as const

const stands = {
  'a form at rest': standingAt(formStep),
  'a form that was refused': standingAt(formStep, { isRejected: true }),
  'a form on its way': standingAt(formStep, { isBusy: true }),
  'a form whose answer was lost': standingAt(formStep, { isBusy: true, problem }, gone),
  'a picture that is waited at': standingAt(qrStep),
  'a picture whose wait was lost': standingAt(qrStep, { isStale: true, problem }, gone),
  'a display that is unknown': standingAt(oddStep),
} as const satisfies Record<string, ConnectState>

const news = {
  'look: that form': looked(formStep),
  'look: that picture': looked(qrStep),
  'look: the next picture': looked(rotatedStep),
  'look: another form': looked(secretStep),
  'answer: that form': answered(formStep),
  'answer: that form, refused': answered(formStep, refusal),
  'answer: that picture': answered(qrStep),
  'answer: the next picture': answered(rotatedStep),
  'answer: another form': answered(secretStep),
  'answer: another display': answered(displayStep({ type: 'nothing' })),
  'the answer is lost': lost('answer'),
  'the look is lost': lost('look'),
  'typed and sent': typed({ phone: '+1' }),
  'the computer slept': { type: 'woken' },
} as const satisfies Record<string, ConnectEvent>

const pictureOf = ({ step }: StepState): string =>
  step.type === 'display_and_wait' ? JSON.stringify(step.display) : ''

/** What can be seen of it: whether it is drawn anew, how it stands, what is on its way, and what is done. */
function inShort(before: ConnectState, event: ConnectEvent): string {
  const [then, effects] = play(before, event)
  const was = stepIn(before)
  const stage = stepIn(then)
  const words = [
    stage.serial === was.serial ? '' : 'new',
    stage.serial === was.serial && pictureOf(stage) !== pictureOf(was) ? 'redrawn' : '',
    stage.isBusy ? 'busy' : '',
    stage.isRejected ? 'refused' : '',
    stage.isStale ? 'stale' : '',
    stage.problem?.code ?? '',
    then.inFlight === undefined ? '' : `(${then.inFlight})`,
    ...effects.map(({ type }) => `+${type}`),
  ]
  return words.filter((word) => word !== '').join(' ')
}

type Row = Readonly<Record<keyof typeof news, string>>

const atRest: Row = {
  'look: that form': '',
  'look: that picture': 'new (wait) +wait',
  'look: the next picture': 'new (wait) +wait',
  'look: another form': 'new',
  'answer: that form': '',
  'answer: that form, refused': '',
  'answer: that picture': 'new (wait) +wait',
  'answer: the next picture': 'new (wait) +wait',
  'answer: another form': 'new',
  'answer: another display': 'new (wait) +wait',
  'the answer is lost': '',
  'the look is lost': 'beeper.unreachable +lookIn',
  'typed and sent': 'busy (submit) +submit',
  'the computer slept': '+look',
}
const table: Readonly<Record<keyof typeof stands, Row>> = {
  'a form at rest': atRest,
  'a form that was refused': {
    ...atRest,
    'look: that form': 'refused',
    'answer: that form': 'refused',
    'answer: that form, refused': 'refused',
    'the answer is lost': 'refused',
    'the look is lost': 'refused beeper.unreachable +lookIn',
    'the computer slept': 'refused +look',
  },
  'a form on its way': {
    'look: that form': 'busy (submit)',
    'look: that picture': 'new (wait) +wait',
    'look: the next picture': 'new (wait) +wait',
    'look: another form': 'new',
    'answer: that form': 'new refused',
    'answer: that form, refused': 'new connect.not-taken',
    'answer: that picture': 'new (wait) +wait',
    'answer: the next picture': 'new (wait) +wait',
    'answer: another form': 'new',
    'answer: another display': 'new (wait) +wait',
    'the answer is lost': 'busy beeper.unreachable +lookIn',
    'the look is lost': 'busy beeper.unreachable (submit) +lookIn',
    'typed and sent': 'busy (submit)',
    'the computer slept': 'busy (submit) +look',
  },
  'a form whose answer was lost': {
    'look: that form': 'new connect.unheard',
    'look: that picture': 'new (wait) +wait',
    'look: the next picture': 'new (wait) +wait',
    'look: another form': 'new',
    'answer: that form': 'new connect.unheard',
    'answer: that form, refused': 'new connect.unheard',
    'answer: that picture': 'new (wait) +wait',
    'answer: the next picture': 'new (wait) +wait',
    'answer: another form': 'new',
    'answer: another display': 'new (wait) +wait',
    'the answer is lost': 'busy beeper.unreachable',
    'the look is lost': 'busy beeper.unreachable +lookIn',
    'typed and sent': 'busy beeper.unreachable',
    'the computer slept': 'busy beeper.unreachable +look',
  },
  'a picture that is waited at': {
    'look: that form': 'new',
    'look: that picture': '(wait)',
    'look: the next picture': 'redrawn (wait) +wait',
    'look: another form': 'new',
    'answer: that form': 'new',
    'answer: that form, refused': 'new',
    'answer: that picture': '(wait) +wait',
    'answer: the next picture': 'redrawn (wait) +wait',
    'answer: another form': 'new',
    'answer: another display': 'new (wait) +wait',
    'the answer is lost': 'stale beeper.unreachable +lookIn',
    'the look is lost': 'stale beeper.unreachable (wait) +lookIn',
    'typed and sent': '(wait)',
    'the computer slept': 'stale (wait) +look',
  },
  'a picture whose wait was lost': {
    'look: that form': 'new',
    'look: that picture': '(wait) +wait',
    'look: the next picture': 'redrawn (wait) +wait',
    'look: another form': 'new',
    'answer: that form': 'new',
    'answer: that form, refused': 'new',
    'answer: that picture': '(wait) +wait',
    'answer: the next picture': 'redrawn (wait) +wait',
    'answer: another form': 'new',
    'answer: another display': 'new (wait) +wait',
    'the answer is lost': 'stale beeper.unreachable',
    'the look is lost': 'stale beeper.unreachable +lookIn',
    'typed and sent': 'stale beeper.unreachable',
    'the computer slept': 'stale beeper.unreachable +look',
  },
  'a display that is unknown': {
    ...atRest,
    'look: that form': 'new',
    'answer: that form': 'new',
    'answer: that form, refused': 'new',
    // It shows nothing that could run out.
    'the computer slept': '+look',
    'typed and sent': '',
  },
}

describe('at a step, every kind of news', () => {
  const cells = Object.entries(table).flatMap(([stand, row]) =>
    Object.entries(row).map(([what, leads]) => [stand, what, leads] as const),
  )
  test.each(cells)('%s, %s: %s', (stand, what, leads) => {
    // The names are the keys of the tables just above.
    expect(inShort(stands[stand as keyof typeof stands], news[what as keyof typeof news])).toBe(leads)
  })
})

test('a look that finds another unknown step or display shows that one', () => {
  const unknown = (wireType: string) => ({ type: 'unsupported', wireType, instructions: '' }) as const
  const other = unknown('client_http')
  expect(stepIn(after(standingAt(unknown('webauthn')), looked(other))).step).toEqual(other)
  const [, seenLater] = ['hologram', 'scent'].map((wireType) => displayStep({ type: 'unsupported', wireType }, 'odd'))
  if (seenLater === undefined) throw new Error('no display')
  expect(stepIn(after(standingAt(oddStep), looked(seenLater))).step).toEqual(seenLater)
})

test('a look takes back that the way was lost, and not what the server said of the form', () => {
  const unheard = { code: 'connect.unheard', retry: 'now' } as const
  const said = standingAt(formStep, { problem: unheard })
  expect(stepIn(after(said, looked(formStep))).problem).toEqual(unheard)
  expect(stepIn(after(standingAt(formStep), lost('look'), looked(formStep))).problem).toBeUndefined()
})

test('what was the matter with a form is over when it is sent once more, and not when it is objected to', () => {
  const said = standingAt(formStep, { problem: refusal, isRejected: true })
  expect(stepIn(after(said, typed({ phone: '+1' })))).toMatchObject({
    problem: undefined,
    isRejected: false,
    unfit: [],
  })
  expect(stepIn(after(said, typed({ phone: '' })))).toMatchObject({
    problem: refusal,
    isRejected: false,
    unfit: ['phone'],
  })
})

test('RUN-3: a server that does not answer is asked again after 1 s, 2 s, and then every 4 s', () => {
  const pauses = (of: 'answer' | 'look', count: number): readonly unknown[] =>
    play(standingAt(qrStep), lost(of), ...Array.from({ length: count }, () => lost('look')))[1]
  const expected = [1_000, 2_000, 4_000, 4_000].map((ms) => ({ type: 'lookIn', ms }))
  expect(pauses('answer', 3)).toEqual(expected)
  expect(pauses('look', 3)).toEqual(expected)
  const heard = after(standingAt(qrStep), lost('look'), lost('look'), looked(qrStep))
  expect(play(heard, lost('look'))[1]).toEqual([{ type: 'lookIn', ms: 1_000 }])
})
