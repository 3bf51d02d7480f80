import { ok } from '#contract/problem'
import type { Vault } from '../ports.ts'

/** A vault that forgets with the process, for people who choose to keep the sign-in for this run only (KEY-5). */
export function createMemoryVault(): Vault {
  const tokens = new Map<string, string>()
  return {
    read: (origin) => Promise.resolve(ok(tokens.get(origin) ?? null)),
    save(origin, token) {
      tokens.set(origin, token)
      return Promise.resolve(ok(undefined))
    },
    remove(origin) {
      tokens.delete(origin)
      return Promise.resolve(ok(undefined))
    },
    probe: () => Promise.resolve(ok(undefined)),
  }
}
