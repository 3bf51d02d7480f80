/** Whether anybody can see the window. What is only for eyes waits until somebody can. */
export class Visibility {
  #isVisible = true
  #waiting: (() => void)[] = []

  set(isVisible: boolean): void {
    this.#isVisible = isVisible
    if (!isVisible) return
    const due = this.#waiting
    this.#waiting = []
    for (const callback of due) callback()
  }

  /** Calls once somebody can see the window: at once if they can. */
  readonly whenVisible = (callback: () => void): void => {
    if (this.#isVisible) callback()
    else this.#waiting.push(callback)
  }
}
