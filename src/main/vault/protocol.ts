// What main and the vault process say to each other. Both ends are ours, so messages are typed and not decoded.

/** The name under which the keychain lists our entries. The account of an entry is the origin of the Beeper. */
export const serviceName = 'Drawbridge'
/** The account under which the keychain is tried out; no origin is spelled like this. */
export const probeAccount = 'probe'

/** What is asked of the keychain. A probe carries nothing: the vault process makes up the value itself. */
export type VaultAsk =
  | { readonly verb: 'read' | 'remove'; readonly account: string }
  | { readonly verb: 'save'; readonly account: string; readonly secret: string }
  | { readonly verb: 'probe' }

export type VaultRequest = { readonly id: number } & VaultAsk

export type VaultReply = { readonly id: number } & (
  | { readonly outcome: 'done'; readonly value: string | null }
  | { readonly outcome: 'mismatch' }
  /** `refused`: the person or the system said no. `no-binding`: the library did not load. */
  | { readonly outcome: 'rejected'; readonly reason: 'refused' | 'no-binding' | 'other' }
)

/** The vault process as main sees it; Electron's utility process and the fake of the tests both fit. */
export interface VaultProcess {
  post(request: VaultRequest): void
  onReply(listener: (reply: VaultReply) => void): void
  /** Called once, however it ended. */
  onExit(listener: () => void): void
  kill(): void
}

/** The part of keytar that we use. Its `findCredentials` crashes on a locked keyring and is left out on purpose (KEY-2). */
export interface KeychainBinding {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  /** Answers whether there was one; on a locked keyring it answers false and asks nobody (libsecret 0.20, measured). */
  deletePassword(service: string, account: string): Promise<boolean>
}
