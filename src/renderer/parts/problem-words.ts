// What is said and done about a problem, wherever it is shown.
import type { ProblemCode, Result } from '#contract/problem'
import type { ProblemWords } from '#messages/en/problem-words'
import { bridge } from '../bridge.ts'
import { app } from '../state/app.ts'
import { words } from '../state/words.ts'

/**
 * The words of a problem. Each system has its own name for the keychain and its own way of mending it.
 * @param code which problem
 */
export function wordsOf(code: ProblemCode): ProblemWords {
  const onSystem: Partial<Record<ProblemCode, ProblemWords>> = words.keychain.problems[app.current?.system ?? 'linux']
  return onSystem[code] ?? words.problems[code]
}

const download = (): Promise<Result<undefined>> => bridge.app.openPage('download')

/** What the button of a problem does where trying the same again is not the way out. */
export const remedies: Partial<Record<ProblemCode, () => Promise<Result<undefined>>>> = {
  'beeper.too-old': download,
  'account.client-outdated': download,
  'account.sign-in-unavailable': () => bridge.account.checkAgain(),
}
