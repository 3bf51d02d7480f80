// Starts the vault process in plain Node behind the interface of Electron's.
import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'vite'
import type { VaultProcess, VaultReply, VaultRequest } from '../vault/protocol.ts'
import type { BindingName } from './vault-child.ts'

export interface NodeVault {
  /** For the keychain; starts one more process. */
  readonly fork: () => VaultProcess
  /** Everything that was posted, to all processes in turn. */
  readonly requests: readonly VaultRequest[]
  readonly startCount: () => number
  /** Resolves when a fake library has begun to hang. */
  readonly hangs: Promise<void>
  /** Ends whatever still runs. */
  close(): Promise<void>
}

/**
 * Turns the vault process into one file that plain Node starts by itself. A loader for TypeScript would take four times as
 * long, at each of some hundred starts.
 * @param folder where to
 * @returns the path of the file
 */
export async function buildVaultChild(folder: string): Promise<string> {
  // Away from the project nobody would find the library by its name.
  const keytar = createRequire(import.meta.url).resolve('keytar')
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { keytar } },
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'vault-child.ts'),
      outDir: join(folder, 'built'),
      rolldownOptions: { external: [keytar], output: { entryFileNames: 'vault-child.mjs' } },
    },
  })
  return join(folder, 'built', 'vault-child.mjs')
}

/**
 * Makes a source of vault processes.
 * @param built the vault process, as {@link buildVaultChild} made it
 * @param binding the library, or in which way it is broken
 * @param env what they find in their environment, beside that of this process
 */
export function nodeVault(built: string, binding: BindingName, env: Readonly<Record<string, string>>): NodeVault {
  const requests: VaultRequest[] = []
  const exits: Promise<void>[] = []
  const ends: (() => void)[] = []
  let began: () => void = () => undefined
  const hangs = new Promise<void>((resolve) => (began = resolve))

  function start(): VaultProcess {
    const child = fork(built, [binding], {
      execArgv: [],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    exits.push(new Promise((resolve) => child.once('exit', () => resolve())))
    ends.push(() => child.kill('SIGKILL'))
    return {
      post(request) {
        requests.push(request)
        child.send(request)
      },
      onReply: (listener) =>
        void child.on('message', (message: VaultReply | { readonly isHanging: true }) => {
          if ('isHanging' in message) began()
          else listener(message)
        }),
      onExit: (listener) => void child.once('exit', () => listener()),
      kill: () => void child.kill(),
    }
  }

  return {
    fork: start,
    requests,
    startCount: () => exits.length,
    hangs,
    async close() {
      for (const end of ends) end()
      await Promise.all(exits)
    },
  }
}
