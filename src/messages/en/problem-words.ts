// What is said of a problem.

export interface ProblemWords {
  /** One sentence of what happened. */
  readonly title: string
  /** One sentence of what to do. */
  readonly explanation: string
  /** The button that does it. */
  readonly action: string
}
