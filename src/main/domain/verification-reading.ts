// What a reading of the server means for the verifications: which ones there are, what became of the one on the screen, and
// who has begun to ask.
import type { SetupState } from '#contract/beeper/setup'
import type { Verification } from '#contract/beeper/verification'
import { stay } from './security-state.ts'
import type { Next, Reading, SecurityEffect, SecurityState, Shown } from './security-state.ts'
import {
  available,
  begin,
  change,
  changeShown,
  idOf,
  isAboutSetup,
  isLive,
  isSameList,
  known,
  peerOf,
  update,
} from './verification-known.ts'

const isAsking = (verification: Verification): boolean => verification.isIncoming && verification.state === 'requested'

/** A setup that has gone on without it leaves nothing to verify, whatever the transaction says. */
function isOvertaken({ begunIn, isGone, verification }: Shown, setup: SetupState): boolean {
  if (!isAboutSetup(begunIn)) return setup.state === 'needs-login'
  if (setup.state === begunIn || setup.state === 'initializing' || setup.state === 'unsupported') return false
  return !isAboutSetup(setup.state) || verification === undefined || isGone || !isLive(verification)
}

/** More than anybody looks at, so that whoever floods a person with requests fills no screen and no memory. */
const mostKept = 50

/** As long as a command of the window takes. */
const longestID = 512

/** What nobody could answer, because it cannot be named, is not shown. */
const isNameable = ({ verificationID }: Verification): boolean =>
  verificationID !== '' && verificationID.length <= longestID

/** One of each, the newest ones; the one on the screen is never crowded out. */
function tidied(list: readonly Verification[], shownID: string): readonly Verification[] {
  const each = [...new Map(list.filter(isNameable).map((one) => [one.verificationID, one])).values()]
  return each.filter((one, index) => index >= each.length - mostKept || one.verificationID === shownID)
}

/**
 * What a reading means for the verifications.
 * @param state after the setup itself was taken over
 * @param reading what was read
 */
export function verificationsAfterReading(state: SecurityState, { setup, verifications, atMs }: Reading): Next {
  let now = state
  const listed = verifications && tidied(verifications, idOf(state.verifications.shown))
  const named = setup.verification !== undefined && isNameable(setup.verification) ? setup.verification : undefined
  const told = listed ?? (named === undefined ? [] : [named])
  for (const one of told) now = update(now, one, atMs)
  const { shown } = now.verifications
  if (listed !== undefined) {
    const isKnown = (id: string): boolean =>
      id === idOf(shown) || listed.some(({ verificationID }) => verificationID === id)
    now = change(now, { list: listed, ended: now.verifications.ended.filter(isKnown) })
    const isListed = listed.some((one) => one.verificationID === idOf(shown))
    if (shown?.verification !== undefined && isLive(shown.verification) && !isListed && !shown.isGone)
      now = changeShown(now, { isGone: true, isScanning: false, sinceMs: atMs, problem: undefined })
    // One that is over stays before the eyes, whatever it once allowed.
    else if (shown?.verification !== undefined && !isListed)
      now = changeShown(now, { verification: { ...shown.verification, actions: [] } })
  } else if (named !== undefined && known(now, named.verificationID) === undefined) {
    now = change(now, { list: [...now.verifications.list, named] })
  }
  const present = now.verifications.shown
  if (present !== undefined && isOvertaken(present, setup)) now = change(now, { shown: undefined })
  const [withdrawn, gone] = withdrawUnneeded(now)
  const [announced, news] = announce(withdrawn)
  return [announced, [...gone, ...news]]
}

/**
 * A question of this app to the other devices that nobody has answered is taken back once the setup no longer needs an
 * answer. Once: what does not go runs out by itself. What others opened is theirs.
 */
function withdrawUnneeded(state: SecurityState): Next {
  const { setup, verifications } = state
  if (setup?.state !== 'ready' && setup?.state !== 'needs-first-sync') return stay(state)
  const unneeded = verifications.list.filter(
    ({ isIncoming, state: name, verificationID }) =>
      name === 'requested' &&
      !isIncoming &&
      verifications.opened.includes(verificationID) &&
      available(state, verificationID, 'cancel') !== undefined,
  )
  const now = unneeded.reduce((one, { verificationID }) => begin(one, verificationID, 'cancel'), state)
  return [
    change(now, { opened: [] }),
    unneeded.map(({ verificationID }) => ({ type: 'cancel', verificationID, reason: 'user' })),
  ]
}

/** Tells the person of every request once, and takes it back when it is over. */
function announce(state: SecurityState): Next {
  const { announced, failures, list } = state.verifications
  const asking = list.filter(isAsking)
  const ids = asking.map(({ verificationID }) => verificationID)
  const isListed = (id: string): boolean => list.some(({ verificationID }) => verificationID === id)
  const kept = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.keys(record).every(isListed)
      ? record
      : Object.fromEntries(Object.entries(record).filter(([id]) => isListed(id)))
  const effects: SecurityEffect[] = [
    ...announced
      .filter((id) => !ids.includes(id))
      .map((verificationID) => ({ type: 'withdraw', verificationID }) as const),
    ...asking
      .filter(({ verificationID }) => !announced.includes(verificationID))
      .map(
        (one) => ({ type: 'announce', verificationID: one.verificationID, peer: peerOf(one, state.setup) }) as const,
      ),
  ]
  const more = { announced: isSameList(announced, ids) ? announced : ids, failures: kept(failures) }
  return [change(state, more), effects]
}
