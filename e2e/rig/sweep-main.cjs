// What of the sweep runs in main, loaded before the app's own code. It notes all that main sends to its pages and writes to
// its streams, from the first tick on and into files, so that nothing is lost when the app is killed; and it reads the pages.
const { appendFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { app, ipcMain, session, webContents } = require('electron')

const folder = process.env.DRAWBRIDGE_E2E_NOTES
const last = new Map()

function note(place, where, value) {
  const text = textsIn(value, new Set()).join('\n')
  // Thousands of equal refusals in a row tell no more than one.
  if (last.get(place) === text) return
  last.set(place, text)
  appendFileSync(join(folder, place), `${JSON.stringify([where, text])}\n`)
}

let lastRefusal

/** A burst is refused thousands of times in the same words: to write that down would hold up what is being measured. */
function isRepeated(answer) {
  if (answer?.ok !== false) return false
  const refusal = JSON.stringify(answer)
  const isSame = refusal === lastRefusal
  lastRefusal = refusal
  return isSame
}

/** All that stands in a value, one after the other: written down as a whole, its texts would be in quotes and escaped. */
function textsIn(value, seen) {
  if (typeof value !== 'object' || value === null) return [String(value)]
  if (seen.has(value)) return []
  seen.add(value)
  if (value instanceof ArrayBuffer) return [Buffer.from(value).toString('latin1')]
  if (ArrayBuffer.isView(value))
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')]
  const held = value instanceof Map || value instanceof Set ? [...value] : []
  const own = Reflect.ownKeys(value).flatMap((key) => [String(key), ...textsIn(value[key], seen)])
  return [...own, ...held.flatMap((one) => textsIn(one, seen))]
}

const handle = ipcMain.handle.bind(ipcMain)
ipcMain.handle = (channel, listener) => {
  handle(channel, async (event, ...args) => {
    // The first argument is the name of the command, unless somebody sends something else to see what happens.
    const command = typeof args[0] === 'string' ? args[0].slice(0, 80) : channel
    try {
      const answer = await listener(event, ...args)
      if (!isRepeated(answer)) note('answer', command, answer)
      return answer
    } catch (error) {
      note('answer', command, error)
      throw error
    }
  })
}

app.once('web-contents-created', (_event, { mainFrame }) => {
  // What is sent to a window's contents goes through its frame.
  const frames = Object.getPrototypeOf(mainFrame)
  for (const method of ['send', 'postMessage']) {
    const original = frames[method]
    frames[method] = function (channel, ...args) {
      note('view', channel, args)
      return original.call(this, channel, ...args)
    }
  }
})

// The rig hears the streams only after Electron has come up.
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream)
  stream.write = (piece, ...rest) => {
    note('output', 'standard streams', typeof piece === 'string' ? piece : Buffer.from(piece).toString())
    return write(piece, ...rest)
  }
}

// V8 cuts the strings of a heap snapshot at 1,024 characters.
app.commandLine.appendSwitch('js-flags', '--heap-snapshot-string-limit=100000000')

/**
 * Writes a snapshot of the heap and reads the DOM of each page that is the app's own: those of others, the demo's phone among
 * them, have a session of their own.
 * @param {string} readDOM a program for the page
 */
globalThis.sweepPages = async (readDOM) => {
  const read = []
  for (const contents of webContents.getAllWebContents()) {
    if (contents.session !== session.defaultSession || contents.isCrashed()) continue
    const snapshot = join(folder, `${contents.id}.heapsnapshot`)
    // First, so that what reading the DOM leaves in the heap does not count.
    await writeSnapshot(contents, snapshot)
    read.push({ snapshot, dom: await contents.executeJavaScript(readDOM) })
  }
  return read
}

/** Through the developer tools: Electron's own `takeHeapSnapshot` takes what is left on the stack for still in use. */
async function writeSnapshot({ debugger: tools }, file) {
  writeFileSync(file, '')
  const onMessage = (_event, method, { chunk }) => {
    if (method === 'HeapProfiler.addHeapSnapshotChunk') appendFileSync(file, chunk)
  }
  tools.attach()
  tools.on('message', onMessage)
  await tools.sendCommand('HeapProfiler.takeHeapSnapshot')
  tools.off('message', onMessage)
  tools.detach()
}
