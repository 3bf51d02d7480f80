// What the arguments of a start may say. Chromium adds and reorders arguments of a second start, so each one is judged by
// itself and everything unknown is passed over (ORI-8).
import type { Place } from '#contract/view'

export interface Launch {
  /** Start in the demo world. */
  readonly isDemo: boolean
  /** Where the person wants to be; only a wish. */
  readonly place: Place | undefined
}

const connection = /^connection:([\w.-]{1,128})$/

/**
 * Reads arguments by grammar: `--demo`, `--go=find|connect|home|settings|go-on|connection:<ID>`.
 * @param argv arguments in any order, with any others between them
 */
export function parseLaunch(argv: readonly string[]): Launch {
  let isDemo = false
  let place: Place | undefined
  for (const argument of argv.slice(0, 200)) {
    if (argument === '--demo') isDemo = true
    else if (argument.startsWith('--go=')) place ??= parsePlace(argument.slice('--go='.length))
  }
  return { isDemo, place }
}

function parsePlace(text: string): Place | undefined {
  switch (text) {
    case 'go-on':
    case 'find':
    case 'connect':
    case 'home':
    case 'settings':
      return { at: text }
    default: {
      const connectionID = connection.exec(text)?.[1]
      return connectionID === undefined ? undefined : { at: 'connection', connectionID }
    }
  }
}
