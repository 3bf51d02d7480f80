// The register of stages: one component for each that a verification can be in, and the compiler counts.
import type { Component } from 'svelte'
import type { VerificationStage } from '#contract/view-security'
import type { StageProps } from './stage-props.ts'
import Asking from './Asking.svelte'
import Choosing from './Choosing.svelte'
import Comparing from './Comparing.svelte'
import Done from './Done.svelte'
import Ended from './Ended.svelte'
import Incoming from './Incoming.svelte'
import Read from './Read.svelte'
import Scanned from './Scanned.svelte'
import Settling from './Settling.svelte'
import Unknown from './Unknown.svelte'

type At = VerificationStage['at']

const stages: { readonly [Name in At]: Component<StageProps<Name>> } = {
  requesting: Asking,
  incoming: Incoming,
  outgoing: Asking,
  choosing: Choosing,
  comparing: Comparing,
  scanned: Scanned,
  read: Read,
  settling: Settling,
  done: Done,
  ended: Ended,
  unknown: Unknown,
}

/**
 * The component that draws a stage.
 * @param at which; the component takes the stage of that very name
 */
export function stageOf(at: At): Component<StageProps> {
  // The register pairs each name with its own component; a lookup by a union of names cannot say so.
  return stages[at] as unknown as Component<StageProps>
}
