// Making messages safe, as fixed Views.
import type { View } from '#contract/view'
import { problemOf, viewWith } from './view-with.ts'

const none = undefined
const since = (): number => Date.now() - 83_000

export const secureViews = {
  preparing: viewWith({ name: 'preparing', wireState: 'initializing', sinceMs: since() }),
  'recovery-key': viewWith({ name: 'recovery-key', phase: 'ask', problem: none }),
  'recovery-key-lost': viewWith({ name: 'recovery-key', phase: 'showing', problem: none }),
  unlock: viewWith({ name: 'unlock', reason: 'needs-verification', isBusy: false, problem: none }),
  'unlock-refused': viewWith({
    name: 'unlock',
    reason: 'needs-secrets',
    isBusy: false,
    problem: problemOf('security.key-refused'),
  }),
  'first-sync': viewWith({ name: 'first-sync', sinceMs: since() }),
} satisfies Record<string, View>
