// What a screen reader is told without moving the focus.
import { createStore } from 'zustand/vanilla'
import { reactive } from './reactive.ts'

const store = createStore<string>(() => '')

export const spoken = reactive(store)

/** Says something in the live region. @param text plain words; saying the same twice in a row is said once */
export const say = (text: string): void => {
  store.setState(text, true)
}
