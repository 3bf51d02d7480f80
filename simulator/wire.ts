// How this server spells what it says where the documents leave room. Both spellings are legal; a client must take either.

export interface Wire {
  /** `strict`: documented members only. `rich`: also what has been seen in the wild (bridge-flows, `wire.profiles`). */
  profile: 'strict' | 'rich'
  /** How a network's refusal reaches the client (bridge-flows, `wire.errorSurfaces`). */
  errorSurface: 'session' | 'http' | 'bare'
}

export const plainWire: Wire = { profile: 'strict', errorSurface: 'session' }
