// Verifications by another device: which one is on the screen, what is on its way, what the server told of them last. Nothing
// is sent that the server does not list as available, and nothing is ever confirmed but by the person (A6).
import type { VerificationAction } from '#contract/beeper/verification'
import type { Problem } from '#contract/problem'
import { stay } from './security-state.ts'
import type { Next, SecurityEffect, SecurityState, VerificationEvent } from './security-state.ts'
import {
  available,
  begin,
  change,
  finishDoing,
  changeShown,
  idOf,
  isLive,
  isSameList,
  known,
  reusable,
  saidOf,
  shownAs,
  turnedDown,
  update,
  put,
} from './verification-known.ts'

function act(state: SecurityState, verificationID: string, action: Exclude<VerificationAction, 'cancel'>): Next {
  if (available(state, verificationID, action) === undefined) return stay(state)
  return [begin(state, verificationID, action), [{ type: 'act', verificationID, action }]]
}

function confirmEmoji(state: SecurityState, event: VerificationEvent & { type: 'emojiConfirmed' }): Next {
  const verification = available(state, event.verificationID, 'sas.confirm')
  if (verification === undefined) return stay(state)
  const { emojis, decimals } = verification
  const compared = emojis.length > 0 ? emojis : decimals
  // The yes was said of what the person saw. If that is no longer what is compared, it was said of nothing.
  if (compared.length === 0 || !isSameList(compared, event.emojis)) {
    if (idOf(state.verifications.shown) !== event.verificationID) return stay(state)
    return stay(changeShown(state, { problem: { code: 'security.too-late', retry: 'now' } }))
  }
  return act(state, event.verificationID, 'sas.confirm')
}

function cancel(state: SecurityState, event: VerificationEvent & { type: 'verificationCancelled' }): Next {
  const { verificationID, why } = event
  if (available(state, verificationID, 'cancel') === undefined) return stay(state)
  const begun = begin(state, verificationID, 'cancel')
  const isShown = idOf(state.verifications.shown) === verificationID
  const reason = why === 'mismatch' ? 'mismatch' : 'user'
  return [
    isShown ? changeShown(begun, { why, isScanning: false }) : begun,
    [{ type: 'cancel', verificationID, reason }],
  ]
}

function request(state: SecurityState, atMs: number): Next {
  const { doing, list, shown } = state.verifications
  // One that is being opened already is waited for, also by whoever had left it.
  if (doing[''] !== undefined)
    return stay(
      shown === undefined ? change(state, { shown: shownAs(state, undefined, atMs), problem: undefined }) : state,
    )
  if (shown?.verification !== undefined && isLive(shown.verification) && !shown.isGone) return stay(state)
  const except = turnedDown(state.verifications)
  const live = reusable(list, state.setup, except)
  if (live !== undefined) return stay(change(state, { shown: shownAs(state, live, atMs), problem: undefined }))
  const asked = change(state, { shown: shownAs(state, undefined, atMs), problem: undefined })
  return [begin(asked, '', 'request'), [{ type: 'requestVerification', userID: state.setup?.userID, except }]]
}

/** Neither the answer nor the list tells of the one that was opened. */
const untold: Problem = { code: 'security.verification-gone', retry: 'now' }

function answered(state: SecurityState, event: VerificationEvent & { type: 'verificationAnswered' }): Next {
  const { atMs, doing, verification, verificationID } = event
  const { verifications } = state
  const { isOpenedHere = false } = event
  // An answer that nobody waits for any more is older than what was answered since.
  const isCurrent = saidOf(verifications.doing, verificationID)?.includes(doing) === true
  const isOver = doing === 'cancel' && isCurrent
  const finished = finishDoing(state, verificationID, doing, isOver)
  let now = isOver ? change(finished, { ended: [...verifications.ended, verificationID] }) : finished
  const { shown } = now.verifications
  if (doing === 'request' && shown !== undefined && shown.verification === undefined) {
    if (verification === undefined) now = change(now, { shown: undefined, problem: untold })
    else now = changeShown(put(now, verification), { verification, sinceMs: atMs })
  } else if (verification !== undefined) {
    if (isCurrent) now = update(now, verification, atMs)
  } else if (isOver) {
    now = change(now, { list: now.verifications.list.filter((one) => one.verificationID !== verificationID) })
    if (idOf(shown) === verificationID) now = changeShown(now, { isGone: true, isScanning: false, sinceMs: atMs })
  }
  if (isOpenedHere && verification !== undefined)
    now = change(now, { opened: [...now.verifications.opened, verification.verificationID] })
  if (doing === 'scan' && idOf(shown) === verificationID) {
    const isOther = verification !== undefined && verification.verificationID !== verificationID
    now = isOther
      ? change(put(now, verification), { shown: { ...shownAs(now, verification, atMs), hasRead: true } })
      : changeShown(now, { hasRead: true, isScanning: false })
  }
  return [now, [{ type: 'read', areVerificationsWanted: true }]]
}

function failed(state: SecurityState, event: VerificationEvent & { type: 'verificationFailed' }): Next {
  const { doing, problem, verificationID } = event
  const { verifications } = state
  const read: SecurityEffect = { type: 'read', areVerificationsWanted: true }
  if (saidOf(verifications.doing, verificationID)?.includes(doing) !== true) return [state, [read]]
  const now = finishDoing(state, verificationID, doing)
  if (doing === 'request') {
    const isWaitedFor = verifications.shown !== undefined && verifications.shown.verification === undefined
    return [isWaitedFor ? change(now, { shown: undefined, problem }) : now, [read]]
  }
  if (idOf(verifications.shown) === verificationID) return [changeShown(now, { problem }), [read]]
  return [change(now, { failures: { ...verifications.failures, [verificationID]: problem } }), [read]]
}

/**
 * The part of the security machine that verifies by another device.
 * @param state where it stands
 * @param event what happened
 */
export function verificationNext(state: SecurityState, event: VerificationEvent): Next {
  const { shown } = state.verifications
  switch (event.type) {
    case 'verificationRequested':
      return request(state, event.atMs)
    case 'verificationPicked': {
      const picked = known(state, event.verificationID)
      if (picked === undefined || idOf(shown) === event.verificationID) return stay(state)
      return stay(change(state, { shown: shownAs(state, picked, event.atMs) }))
    }
    case 'verificationAccepted': {
      const asked = available(state, event.verificationID, 'accept')
      if (asked === undefined) return stay(state)
      const isShown = idOf(shown) === event.verificationID
      return act(
        isShown ? state : change(state, { shown: shownAs(state, asked, event.atMs) }),
        event.verificationID,
        'accept',
      )
    }
    case 'emojiStarted':
      return act(state, event.verificationID, 'sas.start')
    case 'emojiConfirmed':
      return confirmEmoji(state, event)
    case 'scanConfirmed':
      return act(state, event.verificationID, 'qr.confirmScanned')
    case 'verificationCancelled':
      return cancel(state, event)
    case 'scannerMoved': {
      const { verification } = shown ?? {}
      const isPossible =
        verification?.state === 'ready' && verification.methods.includes('qr') && shown?.isGone === false
      return stay(changeShown(state, { isScanning: event.isOpen && isPossible, problem: undefined }))
    }
    case 'codeScanned': {
      const verificationID = idOf(shown)
      if (shown?.isScanning !== true || saidOf(state.verifications.doing, verificationID) !== undefined)
        return stay(state)
      return [begin(state, verificationID, 'scan'), [{ type: 'scan', verificationID, data: event.data }]]
    }
    case 'verificationLeft':
      return stay(change(state, { shown: undefined, problem: undefined }))
    case 'verificationAnswered':
      return answered(state, event)
    case 'verificationFailed':
      return failed(state, event)
  }
}
