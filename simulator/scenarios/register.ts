// Every scenario by name. A name is part of the command line and of tests: add, but do not rename.
import type { Beginning } from '../world.ts'
import { existingAccount, newAccount, signedInElsewhere } from './accounts.ts'
import { catalogue } from './catalogue.ts'
import { hundreds, laboratory, ready, reconnect } from './networks.ts'
import { noSignIn, rude, tooOld } from './servers.ts'
import {
  initializing,
  needsFirstSync,
  needsSecrets,
  needsSetup,
  needsVerification,
  noOtherDevice,
  notBackedUp,
  twoDevices,
  unknownState,
} from './states.ts'

export interface Scenario {
  readonly summary: string
  readonly begin: Beginning
}

export const scenarios = {
  'new-account': newAccount,
  'existing-account': existingAccount,
  'signed-in-elsewhere': signedInElsewhere,
  ready,
  reconnect,
  hundreds,
  laboratory,
  catalogue,
  initializing,
  'needs-cross-signing-setup': needsSetup,
  'needs-verification': needsVerification,
  'two-devices': twoDevices,
  'no-other-device': noOtherDevice,
  'needs-secrets': needsSecrets,
  'needs-first-sync': needsFirstSync,
  'unknown-state': unknownState,
  'ready-not-backed-up': notBackedUp,
  'too-old': tooOld,
  'no-sign-in': noSignIn,
  rude,
} satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios

export const scenarioNames = Object.keys(scenarios) as ScenarioName[]
export const isScenarioName = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name)
export const beginningOf = (name: ScenarioName): Beginning => scenarios[name].begin
