import { untrack } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'
import type { StepStage } from '#contract/view-connect'
import { refusedAt } from './said.ts'

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
  // Each objection counts up, also the very same one once more.
  let known = untrack(() => stage().serial)

  $effect(() => {
    const refused = refusedAt(stage())
    if (refused === heard) return
    heard = refused
    if (refused !== undefined) untrack(onRefused)
  })
  $effect(() => {
    const { unfit, serial } = stage()
    if (serial === known) return
    known = serial
    edited.clear()
    if (unfit.length > 0) untrack(onUnfit)
  })

  function sent(): void {
    for (const id of stage().unfit) edited.add(id)
  }

  return { isUnfit: (id) => stage().unfit.includes(id) && !edited.has(id), edit: (id) => edited.add(id), sent }
}
