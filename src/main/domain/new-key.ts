// A new recovery key, from the consequences to the proof that it is kept. It counts when the server says so; until then the
// old one does, and whoever leaves is told the truth about that (ONE-3).
import type { SetupState } from '#contract/beeper/setup'
import { freshKey, readAgain, stay } from './security-state.ts'
import type {
  Door,
  KeyBefore,
  KeyEvent,
  KeyState,
  NewKeyNote,
  Next,
  SecurityEffect,
  SecurityState,
} from './security-state.ts'

const forget: SecurityEffect = { type: 'noteNewKey', note: undefined }

/**
 * Whether the new key is seen to count: the server has one that is kept, and that was made at another time than the one before.
 * Where it does not say when, one that is kept is the new one only if none was kept before.
 */
const counts = ({ isKept, madeAtMs }: KeyBefore, setup: SetupState): boolean =>
  setup.isKeyBackedUp && (setup.keyMadeAtMs === undefined ? !isKept : setup.keyMadeAtMs !== madeAtMs)

/** Back to the doors, with what is true of the key that was left. */
const left = (state: SecurityState, unfinished: KeyState['unfinished']): SecurityState => ({
  ...state,
  door: 'choose',
  key: { ...freshKey, unfinished },
})

/**
 * What a reading of the setup means for a new key.
 * @param state before the reading, `setup` included
 * @param setup what was read
 */
export function keyAfterReading(state: SecurityState, setup: SetupState): Next {
  const { key, setup: before } = state
  if (key.phase === 'creating' || before === undefined) return stay(state)
  // What a further key is for stays the same while messages are open.
  const isSame = before.wireState === setup.wireState || (isOpen(before) && isOpen(setup))
  if (key.isSent) return sentAfterReading(state, setup, isSame)
  if (isSame) return stay(state)
  const hasNews = key.phase !== 'ask' || key.unfinished !== 'none'
  const door = doorAfter(state, setup, hasNews)
  if (key.phase === 'ask') return stay({ ...state, door, key: { ...key, problem: undefined } })
  // The screen that showed the key is gone with the state that asked for it.
  return [{ ...state, door, key: { ...freshKey, unfinished: 'nothing-changed' } }, [forget]]
}

/** After a confirmation went out, only the server tells what came of it. */
function sentAfterReading(state: SecurityState, setup: SetupState, isSame: boolean): Next {
  const isOver = counts(state.key.before, setup)
    ? setup.state !== 'needs-cross-signing-setup'
    : !isSame && isOpen(setup) && !isOpenName(state.key.begunIn)
  if (isOver) return [left(state, 'none'), [forget]]
  if (isSame || isPassing(setup)) return stay(state)
  return stay({ ...state, key: { ...freshKey, unfinished: 'unsure' } })
}

const isOpenName = (name: SetupState['state'] | undefined): boolean => name === 'ready' || name === 'needs-first-sync'
const isOpen = ({ state }: SetupState): boolean => isOpenName(state)
/** A server that starts, or does what nobody knows yet, comes out of it by itself. */
export const isPassing = ({ state }: SetupState): boolean => state === 'initializing' || state === 'unsupported'

/** Who considers a new key, or types the old one, is not sent elsewhere by a server that merely restarts. */
const doorAfter = ({ door, settledIn, setup: before }: SecurityState, setup: SetupState, hasNews: boolean): Door =>
  isPassing(setup) || setup.state === settledIn || (hasNews && before !== undefined && isPassing(before))
    ? door
    : 'choose'

const noteOf = ({ key, setup }: SecurityState, isSent: boolean): NewKeyNote => ({
  userID: setup?.userID,
  before: key.before,
  isSent,
})

/** A key that an earlier run made and never saw confirmed. */
function found(state: SecurityState, { note }: KeyEvent & { type: 'newKeyFound' }): Next {
  const { setup } = state
  if (state.key.phase !== 'ask') return stay(state)
  const isOfOther = note.userID !== undefined && setup?.userID !== undefined && note.userID !== setup.userID
  const isCounting = note.isSent && setup !== undefined && counts(note.before, setup)
  if (isOfOther || isCounting) return [state, [forget]]
  return stay({
    ...state,
    door: 'new-key',
    key: { ...freshKey, unfinished: note.isSent ? 'unsure' : 'nothing-changed' },
  })
}

/** A confirmation went out, and nobody knows whether it counted. */
const isUnheard = (key: KeyState): boolean => key.isSent && key.phase !== 'confirmed'
const doubt = ({ unfinished }: KeyState): KeyState['unfinished'] => (unfinished === 'unsure' ? 'unsure' : 'none')

function failed(state: SecurityState, { problem }: KeyEvent & { type: 'keyFailed' }): Next {
  const { key } = state
  // A key that is on the screen stays there: only making one, not adopting one, starts over.
  if (key.phase === 'creating') return stay({ ...state, key: { ...key, phase: 'ask', problem } })
  // Whoever waits no longer has dropped a reading for this answer.
  if (key.phase !== 'confirming') return [state, [readAgain]]
  if (problem.code === 'security.new-key-refused') {
    // One that was sent before and never answered may have counted.
    if (key.unfinished === 'unsure')
      return [{ ...state, key: { ...freshKey, unfinished: 'unsure', problem } }, [readAgain]]
    return [{ ...state, key: { ...freshKey, unfinished: 'nothing-changed', problem } }, [forget, readAgain]]
  }
  return [{ ...state, key: { ...key, phase: 'showing', problem } }, [readAgain]]
}

/**
 * The part of the security machine that makes a new key.
 * @param state where it stands
 * @param event what happened
 */
export function newKeyNext(state: SecurityState, event: KeyEvent): Next {
  const { key, setup } = state
  switch (event.type) {
    case 'newKeyFound':
      return found(state, event)
    case 'keyRequested':
      if (key.phase === 'creating' || key.phase === 'confirming') return stay(state)
      return stay({
        ...state,
        key: {
          ...freshKey,
          unfinished: isUnheard(key) ? 'unsure' : key.unfinished,
          begunIn: state.settledIn,
          phase: 'creating',
          before: { isKept: setup?.isKeyBackedUp === true, madeAtMs: setup?.keyMadeAtMs },
        },
      })
    case 'keyCreated':
      if (key.phase !== 'creating') return stay(state)
      return [
        {
          ...state,
          key: { ...key, phase: 'showing', unfinished: doubt(key), problem: undefined, sinceMs: event.atMs },
        },
        [{ type: 'noteNewKey', note: noteOf(state, false) }],
      ]
    case 'keyNotProved':
      if (key.phase !== 'showing') return stay(state)
      return stay({ ...state, key: { ...key, problem: { code: 'security.copy-not-proved', retry: 'now' } } })
    case 'keyFailed':
      return failed(state, event)
    case 'keyProved':
      if (key.phase !== 'showing') return stay(state)
      return [
        {
          ...state,
          key: {
            ...key,
            phase: 'confirming',
            unfinished: isUnheard(key) ? 'unsure' : key.unfinished,
            isSent: true,
            problem: undefined,
          },
        },
        [
          { type: 'noteNewKey', note: noteOf(state, true) },
          { type: 'confirmKey', recoveryKey: event.recoveryKey },
        ],
      ]
    case 'keyConfirmed':
      if (key.phase !== 'confirming') return [state, [readAgain]]
      return [{ ...state, key: { ...key, phase: 'confirmed', problem: undefined, sinceMs: event.atMs } }, [readAgain]]
    case 'keyLeft':
      if (key.phase === 'creating' || key.phase === 'confirming') return stay(state)
      // Whether a confirmation that was never answered has counted is not known, so its note stays.
      return isUnheard(key) || (key.phase === 'showing' && key.unfinished === 'unsure')
        ? stay(left(state, 'unsure'))
        : [left(state, 'none'), [forget]]
  }
}
