// The work of the vault process, apart from the process itself so that tests can run it over a fake keychain.
import { randomUUID } from 'node:crypto'
import { probeAccount, serviceName } from './protocol.ts'
import type { KeychainBinding, VaultAsk, VaultReply, VaultRequest } from './protocol.ts'

type Outcome = { readonly outcome: 'done'; readonly value: string | null } | { readonly outcome: 'mismatch' }

const done: Outcome = { outcome: 'done', value: null }
const mismatch: Outcome = { outcome: 'mismatch' }

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
      return { id, ...(await perform(binding, request)) }
    } catch (error) {
      return { id, outcome: 'rejected', reason: isRefusal(error) ? 'refused' : 'other' }
    }
  }
}

async function perform(binding: KeychainBinding, ask: VaultAsk): Promise<Outcome> {
  switch (ask.verb) {
    case 'read':
      return { outcome: 'done', value: await binding.getPassword(serviceName, ask.account) }
    case 'save':
      return (await keeps(binding, ask.account, ask.secret)) ? done : mismatch
    case 'remove':
      return remove(binding, ask.account)
    case 'probe':
      return (await keepsAndForgets(binding)) ? done : mismatch
  }
}

/** A write that "worked" may still have been cut or dropped: only reading it back proves it (KEY-4). */
async function keeps(binding: KeychainBinding, account: string, secret: string): Promise<boolean> {
  await binding.setPassword(serviceName, account, secret)
  return (await binding.getPassword(serviceName, account)) === secret
}

/**
 * Tries the keychain out. A locked one asks the person for its password at the write, and only there: whoever refuses ends
 * the probe, and once it is open the rest asks nothing. What stays behind when the process dies half-way is a random
 * value, and the next probe writes over it.
 */
async function keepsAndForgets(binding: KeychainBinding): Promise<boolean> {
  const isKept = await keeps(binding, probeAccount, randomUUID())
  await binding.deletePassword(serviceName, probeAccount)
  return isKept
}

/** Removes an entry, and claims it only of a keychain that was open: one that is locked says just as well "nothing there". */
async function remove(binding: KeychainBinding, account: string): Promise<Outcome> {
  if (await binding.deletePassword(serviceName, account)) return done
  // Writing tells the two apart, since it opens the keychain or fails. It asks the person once at most.
  if (!(await keepsAndForgets(binding))) return mismatch
  await binding.deletePassword(serviceName, account)
  return done
}

// keytar rejects with nothing but the system's sentence, so this is the one place that reads an error's text. A sentence
// in another language is not recognised and counts as "missing", which offers the same ways on. The text goes no further.
// `locked`: what libsecret says when the window that asks for the password was closed.
const refusals = /cancel|dismiss|denied|not allowed|locked|passphrase you entered/i

function isRefusal(error: unknown): boolean {
  return error instanceof Error && refusals.test(error.message)
}
