// The vault process in plain Node, for tests that need no Electron: the same code over the same library, or over one that
// is broken in a chosen way. A process of its own like the real one, because the broken ones hang and die.
import type { KeychainBinding, VaultRequest } from '../vault/protocol.ts'
import { serveVault } from '../vault/serve-vault.ts'

const die = (): never => {
  // As a crash of the library does, without the memory dump that a crash may write.
  process.kill(process.pid, 'SIGKILL')
  throw new Error('still alive')
}
const hang = (): Promise<never> => {
  process.send?.({ isHanging: true })
  return new Promise<never>(() => undefined)
}
/** Whatever is asked for, the same is there; as another program may have put it. */
const holding = (value: string): KeychainBinding => ({
  getPassword: () => Promise.resolve(value),
  setPassword: () => Promise.resolve(),
  deletePassword: () => Promise.resolve(true),
})
const all = <T>(act: () => Promise<T>) => ({ getPassword: act, setPassword: act, deletePassword: act })

const loads = {
  keytar: async () => (await import('keytar')).default,
  'no-library': () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file')),
  hanging: async () => all<never>(hang),
  crashing: async () => all<never>(async () => die()),
  'crashing-on-load': async () => die(),
  'holding-a-nul': async () => holding('tok\0en'),
} satisfies Record<string, () => Promise<KeychainBinding>>

export type BindingName = keyof typeof loads

// Only node-vault.ts starts this file, with one of those names, and sends nothing but requests.
const answer = serveVault(loads[process.argv[2] as BindingName])
process.on('message', (message: VaultRequest) => {
  void answer(message).then((reply) => process.send?.(reply))
})
// A call that hangs would keep the process alive after the tests have gone.
process.on('disconnect', die)
