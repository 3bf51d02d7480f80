// Everything the scripts put on the console goes through here, so that it reads alike everywhere
// and so that logs of machines without a terminal are not flooded by progress lines.

const LOG_EVERY_MS = 3000
const DRAW_EVERY_MS = 100
/** Long enough for what is over at once to need no line at all. */
const FIRST_AFTER_MS = 700

/**
 * A failure the person can do something about. It is printed as one sentence and the remedy, without a stack.
 */
export class Trouble extends Error {
  /**
   * @param {string} sentence what went wrong
   * @param {string} remedy what to do about it
   */
  constructor(sentence, remedy) {
    super(sentence)
    this.remedy = remedy
  }
}

/**
 * @param {string} line
 */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/**
 * Tells about a failure on stderr: a {@link Trouble} in two lines, anything else with its stack.
 * @param {unknown} error
 */
export function tellTrouble(error) {
  const text =
    error instanceof Trouble
      ? `\n${error.message}\n${error.remedy}\n`
      : `\n${error instanceof Error ? error.stack : String(error)}\n`
  process.stderr.write(text)
}

/**
 * @param {number} bytes
 */
export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)
}

/**
 * @param {number} ms
 */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}

/**
 * A line that is drawn again and again on a terminal, and written now and then where there is none.
 * @param {string} label
 * @param {{ stream?: NodeJS.WriteStream, now?: () => number }} [options]
 */
export function progress(label, { stream = process.stdout, now = Date.now } = {}) {
  const every = stream.isTTY ? DRAW_EVERY_MS : LOG_EVERY_MS
  let last = now() + FIRST_AFTER_MS - every
  let shown = ''
  let drawn = false
  return {
    /** @param {string} state */
    show(state) {
      if (now() - last < every) return
      last = now()
      if (state === shown) return
      shown = state
      drawn = true
      stream.write(stream.isTTY ? `\r\x1b[K  ${label}: ${state}` : `  ${label}: ${state}\n`)
    },
    /** @param {string} state */
    done(state) {
      if (state === shown && !stream.isTTY) return
      stream.write(`${stream.isTTY && drawn ? '\r\x1b[K' : ''}  ${label}: ${state}\n`)
    },
    /** Leaves the cursor on a fresh line, for when another message has to follow. */
    stop() {
      if (stream.isTTY && drawn) stream.write('\r\x1b[K')
    },
  }
}
