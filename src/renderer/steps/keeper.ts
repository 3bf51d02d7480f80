import type { Answers } from './answers.ts'

/** While somebody types, no letter is handed over by itself. */
const restMs = 300

export interface Keeper {
  /** Something was typed. */
  readonly note: () => void
  /** Hands over at once what has not been yet. */
  readonly flush: () => void
}

/**
 * Hands over what was typed, once it rests.
 * @param read what may be kept at that moment; nothing in it means that there is nothing to keep
 * @param keep where it goes
 */
export function keeperOf(read: () => Answers, keep: (answers: Answers) => void): Keeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  function flush(): void {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    const answers = read()
    if (Object.keys(answers).length > 0) keep(answers)
  }
  return {
    note: () => {
      clearTimeout(timer)
      timer = setTimeout(flush, restMs)
    },
    flush,
  }
}
