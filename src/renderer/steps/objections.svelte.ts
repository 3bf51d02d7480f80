import { onDestroy, untrack } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'
import type { StepStage } from '#contract/view-connect'
import { refusedAt } from './said.ts'

/** Longer than the answer to a press takes when nothing is asked of the network. */
const sameAfterMs = 400

interface Watched {
  readonly stage: () => StepStage
  /** The step came back: the network did not take it, or its answer got lost. */
  readonly onRefused: () => void
  /** Nothing was sent, because some values do not look right. */
  readonly onUnfit: () => void
}

interface Objections {
  /** This value did not look right, and is as it was then. */
  readonly isUnfit: (id: string) => boolean
  readonly edit: (id: string) => void
  /** All values went out, and are as good as new until something is said about them. */
  readonly sent: () => void
}

/**
 * Follows what comes back of what was sent. Called while a component is set up.
 * @param watched what to follow, and what to do about it
 */
export function watchObjections({ stage, onRefused, onUnfit }: Watched): Objections {
  const edited = new SvelteSet<string>()
  let heard = untrack(() => refusedAt(stage()))
  let known = untrack(() => stage().unfit)
  let timer: ReturnType<typeof setTimeout> | undefined

  $effect(() => {
    const refused = refusedAt(stage())
    if (refused === heard) return
    heard = refused
    if (refused !== undefined) untrack(onRefused)
  })
  $effect(() => {
    const { unfit } = stage()
    if (unfit === known) return
    known = unfit
    edited.clear()
    if (unfit.length > 0) untrack(onUnfit)
  })
  onDestroy(() => {
    clearTimeout(timer)
  })

  function sent(): void {
    const before = stage()
    for (const id of before.unfit) edited.add(id)
    clearTimeout(timer)
    // The very same objection once more changes nothing in the View, so it is looked for.
    timer = setTimeout(() => {
      if (stage() !== before || before.unfit.length === 0) return
      edited.clear()
      onUnfit()
    }, sameAfterMs)
  }

  return { isUnfit: (id) => stage().unfit.includes(id) && !edited.has(id), edit: (id) => edited.add(id), sent }
}
