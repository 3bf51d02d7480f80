// Sending a command. Its outcome arrives as state; only a refusal is an answer, and is kept here until the next command.
import { createStore } from 'zustand/vanilla'
import type { Problem, Result } from '#contract/problem'
import { reactive } from './reactive.ts'

const store = createStore<Problem | undefined>(() => undefined)

/** Why the last command was not taken. */
export const refusal = reactive(store)

/** Takes the last refusal off the screen. */
export const forgetRefusal = (): void => {
  store.setState(undefined, true)
}

/**
 * Waits for the answer of a command; a refusal is shown on the screen at hand.
 * @param answer what the bridge returned
 * @returns the answered value; undefined when refused, and for commands that answer nothing
 */
export async function run<T>(answer: Promise<Result<T>>): Promise<T | undefined> {
  forgetRefusal()
  const result = await answer.catch(() => ({ ok: false, problem: { code: 'unexpected', retry: 'now' } }) as const)
  if (result.ok) return result.value
  store.setState(result.problem, true)
  return undefined
}
