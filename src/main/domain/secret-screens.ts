// Which screens have a secret on them, and after which the page still has one in its memory. The assets are those of
// threat-model.md, section 1.
import type { LoginStep } from '#contract/beeper/login'
import type { Screen, ScreenOf } from '#contract/view'
import type { ConnectionStage } from '#contract/view-connect'
import type { VerificationStage } from '#contract/view-security'

/** Whether the window holds the new key; in `creating` the command's answer may come before the View that says so. */
const hasNewKey = ({ phase }: ScreenOf<'recovery-key'>): boolean => phase !== 'ask'

/** Beside that, who replaces a key may type the old one while the cost of that is told. */
const hasKey = (screen: ScreenOf<'recovery-key'>): boolean => hasNewKey(screen) || screen.reason !== 'first'

function showsStage(stage: VerificationStage): boolean {
  switch (stage.at) {
    case 'choosing':
      // The scanner shows the code of the other device.
      return stage.qr !== undefined || stage.isScanning
    case 'comparing':
      return true
    case 'requesting':
    case 'incoming':
    case 'outgoing':
    case 'scanned':
    case 'read':
    case 'settling':
    case 'done':
    case 'ended':
    case 'unknown':
      return false
  }
}

function showsStep(step: LoginStep): boolean {
  if (step.type !== 'display_and_wait') return false
  switch (step.display.type) {
    case 'qr':
    case 'code':
    case 'emoji':
      return true
    case 'nothing':
    case 'unsupported':
      return false
  }
}

/** A field may hold a back-up code as well as one that is good for a minute, so `code` counts with the lasting ones. */
const holdsStep = (step: LoginStep): boolean =>
  step.type === 'cookies' || (step.type === 'user_input' && step.fields.some(({ isSecret }) => isSecret))

const inStep = (stage: ConnectionStage, answer: (step: LoginStep) => boolean): boolean =>
  stage.phase === 'step' && answer(stage.step)

/**
 * Whether a key, code or picture is on the screen that another person could use, so that the window is kept out of
 * screenshots and shared screens (ONE-4): a recovery key that is shown or typed, the pictures and codes of a verification,
 * and what a network's sign-in shows to be scanned, typed or tapped elsewhere. Not what is typed into masked fields, nor the
 * code from a mail, which is spent by the click that sends it.
 * @param screen what the window draws
 */
export function showsSecret(screen: Screen): boolean {
  switch (screen.name) {
    case 'recovery-key':
      return hasKey(screen)
    case 'unlock':
    case 'secrets':
      return true
    case 'verification':
      return showsStage(screen.verification.stage)
    case 'connection':
      return inStep(screen.connection.stage, showsStep)
    case 'starting':
    case 'find':
    case 'unreachable':
    case 'email':
    case 'code':
    case 'register':
    case 'authorise':
    case 'keychain':
    case 'preparing':
    case 'verify':
    case 'first-sync':
    case 'connect':
    case 'home':
    case 'settings':
      return false
  }
}

/**
 * Whether the page may hold a secret that stays good: a recovery key that it was given or that is being typed (A2), a token
 * that was pasted (A1), a network's password or second factor (A4). What is dead by the time its screen is left does not
 * count, because nothing is gained by taking it from the page: the code from a mail (A3), the codes and pictures of a
 * verification, a sign-in's code to scan.
 * @param screen what the window draws
 */
export function holdsSecret(screen: Screen): boolean {
  switch (screen.name) {
    case 'recovery-key':
      return hasKey(screen)
    case 'unlock':
    case 'secrets':
      return true
    case 'authorise':
      return screen.phase === 'checking'
    case 'connection':
      return inStep(screen.connection.stage, holdsStep)
    case 'starting':
    case 'find':
    case 'unreachable':
    case 'email':
    case 'code':
    case 'register':
    case 'keychain':
    case 'preparing':
    case 'verify':
    case 'verification':
    case 'first-sync':
    case 'connect':
    case 'home':
    case 'settings':
      return false
  }
}

/** What a page has in its memory, as far as main can tell from the screens that it drew. */
export interface PageMemory {
  /** What it drew last. */
  readonly screen: Screen
  readonly hasSecret: boolean
}

const isOther = (before: Screen, screen: Screen): boolean =>
  before.name === 'connection' &&
  screen.name === 'connection' &&
  before.connection.connectionID !== screen.connection.connectionID

/**
 * Follows the page from one screen to the next. The steps of one sign-in follow each other without a break: their page is made
 * anew once, when the sign-in is left. A new key that was given up is asked for again on its own screen, and there nothing was
 * given up as long as none had come.
 * @param memory what it had before; undefined for a page that has drawn nothing yet
 * @param screen what it draws now
 * @returns what it has after that, and whether it has to be made anew for it (SEC-6)
 */
export function remember(
  memory: PageMemory | undefined,
  screen: Screen,
): { readonly memory: PageMemory; readonly isStale: boolean } {
  const holds = holdsSecret(screen)
  const go = (hasSecret: boolean, isStale: boolean) => ({ memory: { screen, hasSecret }, isStale })
  if (memory?.hasSecret !== true) return go(holds, false)
  const { screen: before } = memory
  if (before.name !== screen.name || isOther(before, screen)) return go(holds, true)
  const isGivenUp =
    before.name === 'recovery-key' && screen.name === 'recovery-key' && hasNewKey(before) && !hasNewKey(screen)
  if (isGivenUp) return go(holds, before.phase !== 'creating')
  return go(true, false)
}

/**
 * Whether the window may use the camera: only while the scanner is open (WIN-4).
 * @param screen what the window draws
 */
export const opensCamera = (screen: Screen): boolean =>
  screen.name === 'verification' && screen.verification.stage.at === 'choosing' && screen.verification.stage.isScanning
