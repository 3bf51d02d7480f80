// Words of connections that go on beside the screen, and of leaving one.
import type { RunningView } from '#contract/view-connect'
import { isolate, plural } from '../format.ts'

const states: Readonly<Record<RunningView['state'], string>> = {
  'needs-you': 'Needs you',
  phone: 'Waiting for your phone',
  working: 'Working…',
  done: 'Connected',
  'fell-off': 'Fell off again',
  failed: 'Did not connect',
  interrupted: 'Interrupted last time',
}

/** Said when it comes to that while the person looks at something else. */
const news: Readonly<Partial<Record<RunningView['state'], (network: string) => string>>> = {
  done: (network) => `${isolate(network)} is connected.`,
  failed: (network) => `${isolate(network)} did not connect.`,
  'needs-you': (network) => `${isolate(network)} needs you.`,
  'fell-off': (network) => `${isolate(network)} was connected and fell off again.`,
}

export const running = {
  running: {
    label: 'Connections under way',
    states,
    news,
    count: (count: number) => plural('en', count, { one: '# more connection', other: '# more connections' }),
    needCount: (count: number) => plural('en', count, { one: '# needs you', other: '# need you' }),
    open: (network: string, state: string) => `${isolate(network)}: ${state}`,
    putAway: (network: string) => `Put away ${isolate(network)}`,
    leaving: {
      title: (network: string) => `Stop connecting ${isolate(network)}?`,
      text: (network: string) =>
        `If you stop, what you did so far is dropped. ${isolate(network)} can also go on while you do something else.`,
      stop: 'Stop',
      keep: 'Keep it running',
      stay: 'Stay',
    },
  },
}
