// What main and the vault process say to each other. Both ends are ours, so messages are typed and not decoded.

/** The name under which the keychain lists our entries. The account of an entry is the origin of the Beeper. */
export const serviceName = 'Drawbridge'

export type VaultRequest = { readonly id: number; readonly account: string } & (
  { readonly verb: 'read' | 'remove' } | { readonly verb: 'save'; readonly secret: string }
)

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
  deletePassword(service: string, account: string): Promise<boolean>
}
