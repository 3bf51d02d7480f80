// The vault process as Electron's utility process. Apart from keychain.ts so that the latter runs without Electron.
import { utilityProcess } from 'electron'
import type { VaultProcess, VaultReply } from './protocol.ts'

/**
 * Starts the vault process. Electron must be ready.
 * @param modulePath the built `vault-process.js`
 */
export function forkVaultProcess(modulePath: string): VaultProcess {
  // 'ignore': the system's libraries print warnings, and nothing of this process may reach a terminal or a log.
  const child = utilityProcess.fork(modulePath, [], { serviceName: 'Drawbridge vault', stdio: 'ignore' })
  return {
    post: (request) => {
      child.postMessage(request)
    },
    onReply: (listener) => {
      // The other end is vault-process.ts, which sends nothing else.
      child.on('message', (message: unknown) => {
        listener(message as VaultReply)
      })
    },
    onExit: (listener) => {
      child.once('exit', () => {
        listener()
      })
    },
    kill: () => {
      child.kill()
    },
  }
}
