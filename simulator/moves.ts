// What the device at the other end of a verification can do, and when.
import type { Device } from './people.ts'
import type { Verification } from './verification.ts'

export type MoveName = 'accept' | 'startEmoji' | 'confirm' | 'mismatch' | 'cancel'

interface Move {
  readonly when: (verification: Verification) => boolean
  readonly run: (verification: Verification, device: Device | undefined) => void
}

export const moves: Readonly<Record<MoveName, Move>> = {
  accept: {
    when: ({ direction, phase }) => direction === 'outgoing' && phase === 'requested',
    run: (verification, device) => {
      verification.accepted(device)
    },
  },
  startEmoji: {
    when: ({ hasEmoji, isRead, phase }) => phase === 'ready' && hasEmoji && !isRead,
    run: (verification) => {
      verification.compare()
    },
  },
  // Emoji match, or the phone's own code has been read by this side and the phone shows a tick.
  confirm: {
    when: ({ hasPeerConfirmed, isRead, phase }) => (phase === 'sas_ready' && !hasPeerConfirmed) || isRead,
    run: (verification) => {
      verification.confirmed('peer')
    },
  },
  mismatch: {
    when: ({ phase }) => phase === 'sas_ready',
    run: (verification) => {
      verification.stop('cancelled', 'm.mismatched_sas', 'The emoji did not match on the other device')
    },
  },
  cancel: {
    when: ({ isLive }) => isLive,
    run: (verification) => {
      verification.stop('cancelled', 'm.user', 'Cancelled on the other device')
    },
  },
}

/** What an honest device would do next by itself; none where it is not its turn. */
export function nextMove(verification: Verification, compares: 'right' | 'wrong'): MoveName | undefined {
  if (moves.accept.when(verification)) return 'accept'
  if (!moves.confirm.when(verification)) return undefined
  const isSame = compares === 'right' && !(verification.phase === 'sas_ready' && verification.shape.isIntercepted)
  if (isSame) return 'confirm'
  return verification.phase === 'sas_ready' ? 'mismatch' : 'cancel'
}
