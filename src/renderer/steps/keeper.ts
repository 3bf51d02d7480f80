import type { Answers } from './answers.ts'

/** While somebody types, no letter is handed over by itself. */
const restMs = 300

export interface Keeper {
  /** Something was typed. @param answers what may be kept now */
  readonly note: (answers: Answers) => void
  /** Hands over at once what has not been yet. */
  readonly flush: () => void
}

/**
 * Hands over what was typed, once it rests and if it is something else than before.
 * @param first what may be kept before anything was typed
 * @param keep where it goes
 */
export function keeperOf(first: Answers, keep: (answers: Answers) => void): Keeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = first
  let last = JSON.stringify(first)
  function flush(): void {
    clearTimeout(timer)
    const now = JSON.stringify(latest)
    if (now === last) return
    last = now
    keep(latest)
  }
  function note(answers: Answers): void {
    latest = answers
    clearTimeout(timer)
    timer = setTimeout(flush, restMs)
  }
  return { note, flush }
}
