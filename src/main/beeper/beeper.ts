// The Beeper port over HTTP, put together.
import type { Beeper } from '../beeper-port.ts'
import { readAddress } from './address.ts'
import { askConsent } from './consent.ts'
import { probe } from './discovery.ts'
import { listen } from './events.ts'
import { readFlows, readNetworks } from './networks.ts'
import { readPicture } from './pictures.ts'
import { confirmKey, createKey, unlock } from './security.ts'
import { cancelSession, createSession, readSession, submitStep } from './sessions.ts'
import { glanceAtSetup, readSetup, register, respond, sendEmail, start } from './setup.ts'
import { checkToken, revoke } from './tokens.ts'
import {
  actOnVerification,
  cancelVerification,
  readVerifications,
  requestVerification,
  scanCode,
} from './verification.ts'

export const beeper: Beeper = {
  readAddress,
  probe,
  readSetup,
  glanceAtSetup,
  start,
  sendEmail,
  respond,
  register,
  askConsent,
  checkToken,
  revoke,
  readPicture,
  createKey,
  confirmKey,
  unlock,
  readVerifications,
  requestVerification,
  actOnVerification,
  cancelVerification,
  scanCode,
  listen,
  readNetworks,
  readFlows,
  createSession,
  readSession,
  submitStep,
  cancelSession,
}
