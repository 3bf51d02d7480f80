// What is known of verifications, and how that is changed: shared by what a person does (verification.ts) and what a reading
// tells (verification-reading.ts).
import type { SetupState } from '#contract/beeper/setup'
import type { Verification, VerificationAction } from '#contract/beeper/verification'
import type { Peer } from '#contract/view-security'
import type { Doing, SecurityState, Shown, VerificationState } from './security-state.ts'

export const isLive = ({ state }: Verification): boolean =>
  state !== 'done' && state !== 'cancelled' && state !== 'error'

/** Whether it is about this person's own devices. One that came in without a name is not taken for that. */
export const isOwn = (verification: Verification, setup: Pick<SetupState, 'userID'> | undefined): boolean =>
  verification.otherUserID === undefined
    ? !verification.isIncoming
    : setup?.userID !== undefined && verification.otherUserID === setup.userID

/** Who is on the other side of a verification. */
export const peerOf = (verification: Verification, setup: SetupState | undefined): Peer => ({
  userID: verification.otherUserID ?? '',
  deviceID: verification.device?.id ?? '',
  deviceName: verification.device?.name ?? '',
  isOwn: isOwn(verification, setup),
})

/** Whether the end of a verification begun in this state should move the setup on. */
export const isAboutSetup = (state: Shown['begunIn']): boolean =>
  state === 'needs-verification' || state === 'needs-secrets'

export const idOf = (shown: Shown | undefined): string => shown?.verification?.verificationID ?? ''

export const change = (state: SecurityState, more: Partial<VerificationState>): SecurityState => ({
  ...state,
  verifications: { ...state.verifications, ...more },
})

export const changeShown = (state: SecurityState, more: Partial<Shown>): SecurityState => {
  const { shown } = state.verifications
  return shown === undefined ? state : change(state, { shown: { ...shown, ...more } })
}

/** What a record says of an ID. IDs come from outside, and `constructor` may be one. */
export const saidOf = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined

export const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== key))

export function shownAs(state: SecurityState, verification: Verification | undefined, atMs: number): Shown {
  // What becomes of somebody else's device changes nothing here.
  const isMine = verification === undefined || isOwn(verification, state.setup)
  const begunIn = isMine ? state.setup?.state : undefined
  return {
    verification,
    isGone: false,
    why: undefined,
    hasRead: false,
    isScanning: false,
    sinceMs: atMs,
    begunIn,
    problem: undefined,
  }
}

export const known = (state: SecurityState, verificationID: string): Verification | undefined => {
  const { list, shown } = state.verifications
  const listed = list.find((one) => one.verificationID === verificationID)
  return listed ?? (idOf(shown) === verificationID && shown?.isGone === false ? shown.verification : undefined)
}

/** The verification, if this may be done with it now: the server lists it, and nothing of it is under way. */
export function available(
  state: SecurityState,
  verificationID: string,
  action: VerificationAction,
): Verification | undefined {
  const verification = known(state, verificationID)
  if (state.verifications.ended.includes(verificationID)) return undefined
  const busy = saidOf(state.verifications.doing, verificationID) ?? []
  // Ending it is possible also while an answer is being waited for.
  const isFree = busy.length === 0 || (action === 'cancel' && !busy.includes('cancel'))
  return isFree && verification?.actions.includes(action) === true ? verification : undefined
}

export function begin(state: SecurityState, verificationID: string, doing: Doing): SecurityState {
  const { verifications } = state
  const begun = change(state, {
    doing: {
      ...verifications.doing,
      [verificationID]: [...(saidOf(verifications.doing, verificationID) ?? []), doing],
    },
    failures: without(verifications.failures, verificationID),
  })
  return idOf(verifications.shown) === verificationID ? changeShown(begun, { problem: undefined }) : begun
}

export const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index])

/** One that is alive between this person's own devices: there is no need for a second. */
export const reusable = (
  list: readonly Verification[],
  setup: Pick<SetupState, 'userID'> | undefined,
  except: readonly string[],
): Verification | undefined =>
  [...list].reverse().find((one) => isLive(one) && isOwn(one, setup) && !except.includes(one.verificationID))

/** Those that the person has turned down, whether or not the server has said so. */
export const turnedDown = ({ doing, ended, list }: VerificationState): readonly string[] =>
  list
    .map(({ verificationID }) => verificationID)
    .filter((id) => ended.includes(id) || saidOf(doing, id)?.includes('cancel') === true)

/** Whether an end whose answer got lost has had no effect. */
const goesOn = ({ verifications: { doing, ended } }: SecurityState, one: Verification): boolean =>
  isLive(one) && !ended.includes(one.verificationID) && saidOf(doing, one.verificationID) === undefined

/** Puts what is known of one verification in the place of what was known. */
export function update(state: SecurityState, verification: Verification, atMs: number): SecurityState {
  const { list, shown } = state.verifications
  const { verificationID } = verification
  const now = change(state, {
    list: list.map((one) => (one.verificationID === verificationID ? verification : one)),
  })
  if (shown?.verification?.verificationID !== verificationID) return now
  const isSameState = shown.verification.wireState === verification.wireState
  const isSame = isSameState && isSameList(shown.verification.actions, verification.actions)
  return changeShown(now, {
    verification,
    isGone: false,
    sinceMs: isSameState ? shown.sinceMs : atMs,
    // What stood in the way has been overtaken.
    problem: isSame ? shown.problem : undefined,
    isScanning: shown.isScanning && verification.state === 'ready',
    why: goesOn(state, verification) ? undefined : shown.why,
  })
}

/** What is on its way for one, without that which was answered. What had to be ended leaves nothing to wait for. */
export function finishDoing(state: SecurityState, verificationID: string, doing: Doing, isOver = false): SecurityState {
  const { verifications } = state
  const left = (saidOf(verifications.doing, verificationID) ?? []).filter((one) => one !== doing)
  const others = without(verifications.doing, verificationID)
  return change(state, { doing: isOver || left.length === 0 ? others : { ...others, [verificationID]: left } })
}

/** Puts one in the list that may not be in it yet. */
export const put = (state: SecurityState, one: Verification): SecurityState =>
  change(state, {
    list: [...state.verifications.list.filter(({ verificationID }) => verificationID !== one.verificationID), one],
  })
