// How this server spells what it says where the documents leave room. Both spellings are legal; a client must take either.

export interface Wire {
  /** `strict`: documented members only. `rich`: also what has been seen in the wild (bridge-flows, `wire.profiles`). */
  profile: 'strict' | 'rich'
  /** How a network's refusal reaches the client (bridge-flows, `wire.errorSurfaces`). */
  errorSurface: 'session' | 'http' | 'bare'
  /** What QR codes of verifications hold: raw bytes, as in Matrix, or plain letters. Bytes on a `rich` wire when not said. */
  codes?: 'bytes' | 'letters'
  /** Where a verification is told: in every answer that may carry it, or only to who asks for it by ID or for the list. */
  verifications: 'everywhere' | 'asked'
}

export const plainWire: Wire = { profile: 'strict', errorSurface: 'session', verifications: 'everywhere' }
