// The work of the vault process, apart from the process itself so that tests can run it over a fake keychain.
import { serviceName } from './protocol.ts'
import type { KeychainBinding, VaultReply, VaultRequest } from './protocol.ts'

/**
 * Makes the function that answers requests.
 * @param load loads the binding; called at the first request, and again after it failed
 */
export function serveVault(load: () => Promise<KeychainBinding>): (request: VaultRequest) => Promise<VaultReply> {
  let binding: KeychainBinding | undefined

  return async (request) => {
    const { id } = request
    try {
      binding ??= await load()
    } catch {
      return { id, outcome: 'rejected', reason: 'no-binding' }
    }
    try {
      return await perform(binding, request)
    } catch (error) {
      return { id, outcome: 'rejected', reason: isRefusal(error) ? 'refused' : 'other' }
    }
  }
}

async function perform(binding: KeychainBinding, request: VaultRequest): Promise<VaultReply> {
  const { id, account } = request
  switch (request.verb) {
    case 'read':
      return { id, outcome: 'done', value: await binding.getPassword(serviceName, account) }
    case 'remove':
      await binding.deletePassword(serviceName, account)
      return { id, outcome: 'done', value: null }
    case 'save': {
      await binding.setPassword(serviceName, account, request.secret)
      // A write that "worked" may still have been cut or dropped: only reading it back proves it (KEY-4).
      const kept = await binding.getPassword(serviceName, account)
      return kept === request.secret ? { id, outcome: 'done', value: null } : { id, outcome: 'mismatch' }
    }
  }
}

// keytar rejects with nothing but the system's sentence, so this is the one place that reads an error's text. A sentence
// in another language is not recognised and counts as "missing", which offers the same ways on. The text goes no further.
// `locked`: what libsecret says when the window that asks for the password was closed.
const refusals = /cancel|dismiss|denied|not allowed|locked|passphrase you entered/i

function isRefusal(error: unknown): boolean {
  return error instanceof Error && refusals.test(error.message)
}
