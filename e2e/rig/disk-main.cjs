// Loaded before the app's own code: a disk that a journey can hold up, as a busy one is.
const fs = require('node:fs')

const { fsync } = fs
let held

/** Every file that must survive a power cut is synced before it gets its name. */
fs.fsync = (file, callback) => {
  if (held === undefined) fsync(file, callback)
  else held.push(() => fsync(file, callback))
}

globalThis.disk = {
  hold() {
    held ??= []
  },
  heldCount: () => held?.length ?? 0,
  release() {
    const waiting = held ?? []
    held = undefined
    for (const go of waiting) go()
  },
}
