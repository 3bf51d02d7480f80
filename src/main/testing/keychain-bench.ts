// The keychain as main has it, over fake processes that run the real code of the vault process.
import { createKeychain } from '../vault/keychain.ts'
import type { KeychainBinding, VaultProcess, VaultReply, VaultRequest } from '../vault/protocol.ts'
import { serveVault } from '../vault/serve-vault.ts'
import { fakeClock, fakeLog } from './fakes.ts'

export const origin = 'http://127.0.0.1:23373'
const forever = new Promise<never>(() => undefined)

/** A keychain in memory, as keytar shows it. */
export function workingBinding(): KeychainBinding & {
  readonly entries: Map<string, string>
  readonly calls: string[]
} {
  const entries = new Map<string, string>()
  const calls: string[] = []
  return {
    entries,
    calls,
    async getPassword(service, account) {
      calls.push('get')
      return entries.get(`${service}|${account}`) ?? null
    },
    async setPassword(service, account, password) {
      calls.push('set')
      entries.set(`${service}|${account}`, password)
    },
    async deletePassword(service, account) {
      calls.push('delete')
      return entries.delete(`${service}|${account}`)
    },
  }
}

interface Rig {
  readonly load: () => Promise<KeychainBinding>
  /** The process ends at the first request. */
  readonly exits?: boolean
}

/** The real server of the vault process over a fake binding, behind a fake process. */
export function rig(first: Rig, ...later: readonly Rig[]) {
  const clock = fakeClock()
  const log = fakeLog()
  const processes: { isKilled: boolean; requests: VaultRequest[]; exit: () => void }[] = []
  const fork = (): VaultProcess => {
    const { load, exits = false } = [first, ...later][processes.length] ?? first
    const answer = serveVault(load)
    let onReply: (reply: VaultReply) => void = () => undefined
    let onExit: () => void = () => undefined
    const self = { isKilled: false, requests: [] as VaultRequest[], exit: () => onExit() }
    processes.push(self)
    return {
      post(request) {
        self.requests.push(request)
        if (exits) queueMicrotask(() => onExit())
        else void answer(request).then((reply) => (self.isKilled ? undefined : onReply(reply)))
      },
      onReply: (listener) => void (onReply = listener),
      onExit: (listener) => void (onExit = listener),
      kill() {
        self.isKilled = true
        queueMicrotask(() => onExit())
      },
    }
  }
  return { clock, log, processes, vault: createKeychain({ fork, clock, log }) }
}

export const hanging: KeychainBinding = {
  getPassword: () => forever,
  setPassword: () => forever,
  deletePassword: () => forever,
}
export const rejecting = (message: string): KeychainBinding => {
  const reject = () => Promise.reject(new Error(message))
  return { getPassword: reject, setPassword: reject, deletePassword: reject }
}
