// The register of login steps: one component for each type that a network can ask for, and the compiler counts.
import type { Component } from 'svelte'
import type { LoginStep } from '#contract/beeper/login'
import type { StepProps } from './step-props.ts'
import Complete from './Complete.svelte'
import Cookies from './Cookies.svelte'
import DisplayAndWait from './DisplayAndWait.svelte'
import Unreadable from './Unreadable.svelte'
import Unsupported from './Unsupported.svelte'
import UserInput from './UserInput.svelte'

const steps: { readonly [Type in LoginStep['type']]: Component<StepProps<Type>> } = {
  user_input: UserInput,
  display_and_wait: DisplayAndWait,
  cookies: Cookies,
  complete: Complete,
  unsupported: Unsupported,
  unreadable: Unreadable,
}

/**
 * The component that draws a step.
 * @param type which kind; the component takes steps of that very kind
 */
export function stepOf(type: LoginStep['type']): Component<StepProps> {
  // The register pairs each type with its own component; a lookup by a union of types cannot say so.
  return steps[type] as unknown as Component<StepProps>
}
