// The dev page: one View at a time, named in the address (`#find`); arrow keys with Alt go through them all.
import { tick } from 'svelte'
import type { View } from '#contract/view'
import { fake } from './fake.ts'
import { sampleKey } from './samples.ts'
import { viewNames, views } from './views.ts'
import type { ViewName } from './views.ts'

const isName = (name: string): name is ViewName => name in views
const named = (): ViewName => {
  const name = location.hash.slice(1)
  return isName(name) ? name : 'find'
}

// Another screen in between, so that each View is met as if it came first.
async function show(): Promise<void> {
  fake.show(views[named().startsWith('starting') ? 'email' : 'starting'])
  await tick()
  fake.show(views[named()])
}

fake.answer('security.createRecoveryKey', () => {
  const view: View = views[named()]
  if (view.screen.name === 'recovery-key') fake.show({ ...view, screen: { ...view.screen, phase: 'showing' } })
  return { ok: true, value: { recoveryKey: sampleKey } }
})
fake.answer('security.saveRecoveryKey', () => ({ ok: true, value: { isSaved: true } }))

addEventListener('hashchange', () => void show())
addEventListener('keydown', (event) => {
  const step = event.altKey ? { ArrowRight: 1, ArrowLeft: -1 }[event.key] : undefined
  if (step !== undefined) location.hash = viewNames.at((viewNames.indexOf(named()) + step) % viewNames.length) ?? 'find'
})

await show()
// After the fake stands where the preload would be.
await import('../main.ts')
