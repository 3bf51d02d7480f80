// Entry of the vault process (KEY-1). keytar may block for as long as the keychain waits for the person, and takes a
// thread of the pool with it: here that stops nothing but itself.
import { serveVault } from './serve-vault.ts'
import type { VaultRequest } from './protocol.ts'

// keytar is CommonJS: only the default export is there at run time.
const answer = serveVault(async () => (await import('keytar')).default)

process.parentPort.on('message', (event) => {
  // Only main holds the other end of this port, and it sends nothing else.
  void answer(event.data as VaultRequest).then((reply) => {
    process.parentPort.postMessage(reply)
  })
})
