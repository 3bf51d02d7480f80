// Who may call what (semantics.md, section 2).
import { ApiFailure } from './failure.ts'
import type { AnyRow } from './operation.ts'
import type { Token } from './tokens.ts'
import type { World } from './world.ts'

// While somebody is signed in, the state of the account is nobody else's business; the served document always is public.
const closedWhenSignedIn = new Set(['/v1/app/setup'])

/** The token of a request, when the operation looks at one. Fails with 401 or 403. */
export function authorize(world: World, row: AnyRow, header: string | undefined): Token | undefined {
  if (row.secured === 'no') return undefined
  const value = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1]
  const token = value === undefined ? undefined : world.tokens.find(value, world.clock.now())
  if (token === undefined) {
    const isOpen =
      row.secured === 'optional' && !(world.setup.signedIn !== undefined && closedWhenSignedIn.has(row.path))
    // A token that is presented and dead is told so even where none is needed: the client has to drop it.
    if (isOpen && (value === undefined || !closedWhenSignedIn.has(row.path))) return undefined
    throw new ApiFailure(401, 'unauthorized', 'A valid token is required')
  }
  const needed = row.method === 'GET' ? 'read' : 'write'
  if (!token.scopes.includes(needed)) throw new ApiFailure(403, 'forbidden', `This token lacks the scope "${needed}"`)
  return token
}
