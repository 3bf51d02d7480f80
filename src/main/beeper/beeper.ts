// The Beeper port over HTTP, put together.
import type { Beeper } from '../beeper-port.ts'
import { askConsent } from './consent.ts'
import { probe } from './discovery.ts'
import { listen } from './events.ts'
import { readFlows, readNetworks } from './networks.ts'
import { originFrom } from './origin.ts'
import { confirmKey, createKey, unlock } from './security.ts'
import { cancelSession, createSession, readSession, submitStep } from './sessions.ts'
import { glanceAtSetup, readSetup, register, respond, sendEmail, start } from './setup.ts'

export const beeper: Beeper = {
  originFrom,
  probe,
  readSetup,
  glanceAtSetup,
  start,
  sendEmail,
  respond,
  register,
  askConsent,
  createKey,
  confirmKey,
  unlock,
  listen,
  readNetworks,
  readFlows,
  createSession,
  readSession,
  submitStep,
  cancelSession,
}
