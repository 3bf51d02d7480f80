// Loaded before the app's own code: lets a journey bring forward what main has put off for long, such as clearing the clipboard
// after a minute.
const { promisify } = require('node:util')

/** By what `setTimeout` answers: what is still to come. */
const pending = new Map()
const { setTimeout: start, clearTimeout: stop } = globalThis

globalThis.setTimeout = (callback, delayMs, ...args) => {
  const timer = start(
    (...given) => {
      pending.delete(timer)
      callback(...given)
    },
    delayMs,
    ...args,
  )
  pending.set(timer, { delayMs, run: () => callback(...args) })
  return timer
}
globalThis.setTimeout[promisify.custom] = start[promisify.custom]

globalThis.clearTimeout = (timer) => {
  pending.delete(timer)
  stop(timer)
}

/**
 * Does at once what was put off for exactly this long.
 * @param {number} delayMs
 * @returns {number} how many there were
 */
globalThis.bringForward = (delayMs) => {
  const due = [...pending].filter(([, one]) => one.delayMs === delayMs)
  for (const [timer, { run }] of due) {
    globalThis.clearTimeout(timer)
    run()
  }
  return due.length
}
