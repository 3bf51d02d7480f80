// Every state of Secure messages in which something is waited for: how the person gets there, and what they see.
import type { SetupState } from '#contract/beeper/setup'
import { ok } from '#contract/problem'
import type { ScreenName } from '#contract/view'
import { settle } from './fakes.ts'
import { setupOf, verificationOf } from './samples.ts'
import { secureBench } from './secure-bench.ts'
import type { SecureBench } from './secure-bench.ts'
import { newKeys, oldKeyMadeAtMs, proofOf } from './secure-server.ts'

export interface Wait {
  readonly screen: ScreenName
  /** The part of the screen that tells it from others of its name. */
  readonly looks?: object
  readonly begin: () => Promise<SecureBench>
}

const verificationID = 'verification-1'
const keyed: SetupState = { ...setupOf('needs-verification'), isKeyBackedUp: true, keyMadeAtMs: oldKeyMadeAtMs }

/** One that stands like this is on the screen. */
const showing =
  (...like: Parameters<typeof verificationOf>): Wait['begin'] =>
  async () => {
    const one = await secureBench('needs-verification', { list: [verificationOf(...like)] })
    await one.handlers['security.showVerification']({ verificationID })
    return one
  }
const standing =
  (setup: SetupState['state']): Wait['begin'] =>
  () =>
    secureBench(setup)
const stage = (at: string): object => ({ verification: { stage: { at } } })

async function withNewKey(setup: SetupState): Promise<SecureBench> {
  const one = await secureBench(setup)
  await one.handlers['security.openDoor']({ door: 'new-key' })
  await one.handlers['security.createRecoveryKey']({ acceptLoss: true })
  return one
}

async function withTypedKey(state: SetupState['state']): Promise<SecureBench> {
  const one = await secureBench(state)
  await one.handlers['security.openDoor']({ door: 'key' })
  one.beeper.unlock = () => Promise.resolve(ok(one.server.setup))
  await one.handlers['security.unlock']({ recoveryKey: 'SECRET', isSure: true })
  await settle()
  return one
}

export const waits: Readonly<Record<string, Wait>> = {
  'the server starts': { screen: 'preparing', begin: standing('initializing') },
  'nobody knows what it does': { screen: 'preparing', begin: standing('unsupported') },
  'the doors': { screen: 'verify', begin: standing('needs-verification') },
  'one is being opened': {
    screen: 'verification',
    looks: stage('requesting'),
    async begin() {
      const one = await secureBench('needs-verification')
      one.server.hold('request')
      await one.handlers['security.requestVerification'](undefined)
      await settle()
      return one
    },
  },
  'the other devices are asked': {
    screen: 'verification',
    looks: stage('outgoing'),
    async begin() {
      const one = await secureBench('needs-verification')
      await one.handlers['security.requestVerification'](undefined)
      await settle()
      return one
    },
  },
  'another device asks': {
    screen: 'verification',
    looks: stage('incoming'),
    begin: showing('requested', { isIncoming: true }),
  },
  'how is it to be done': { screen: 'verification', looks: stage('choosing'), begin: showing('ready') },
  'pictures are compared': { screen: 'verification', looks: stage('comparing'), begin: showing('sas_ready') },
  'the other side has to answer': {
    screen: 'verification',
    looks: { verification: { stage: { at: 'comparing', canAnswer: false } } },
    begin: showing('sas_ready', { actions: ['cancel'] }),
  },
  'our code was scanned': { screen: 'verification', looks: stage('scanned'), begin: showing('qr_scanned') },
  'we have scanned': {
    screen: 'verification',
    looks: stage('read'),
    async begin() {
      const one = await showing('ready')()
      await one.handlers['security.scanner']({ isOpen: true })
      await one.handlers['security.scanCode']({ data: 'MATRIX' })
      await settle()
      return one
    },
  },
  'done, and not shown yet': { screen: 'verification', looks: stage('settling'), begin: showing('done') },
  'a state nobody knows': { screen: 'verification', looks: stage('unknown'), begin: showing('unsupported') },
  'the recovery key is asked for': {
    screen: 'unlock',
    async begin() {
      const one = await secureBench('needs-verification')
      await one.handlers['security.openDoor']({ door: 'key' })
      return one
    },
  },
  'the recovery key was taken': {
    screen: 'unlock',
    looks: { unlock: { phase: 'accepted' } },
    begin: () => withTypedKey('needs-verification'),
  },
  'secrets are missing': { screen: 'secrets', begin: standing('needs-secrets') },
  'secrets are missing, and the key was taken': {
    screen: 'secrets',
    looks: { unlock: { phase: 'accepted' } },
    begin: () => withTypedKey('needs-secrets'),
  },
  'what a new key costs': {
    screen: 'recovery-key',
    looks: { phase: 'ask' },
    async begin() {
      const one = await secureBench(keyed)
      await one.handlers['security.openDoor']({ door: 'new-key' })
      return one
    },
  },
  'a new key is shown': { screen: 'recovery-key', looks: { phase: 'showing' }, begin: () => withNewKey(keyed) },
  'the first key is shown': {
    screen: 'recovery-key',
    looks: { phase: 'showing', reason: 'first' },
    begin: () => withNewKey(setupOf('needs-cross-signing-setup')),
  },
  'a key is shown to somebody who is ready': {
    screen: 'recovery-key',
    looks: { phase: 'showing', reason: 'backup' },
    begin: () => withNewKey({ ...setupOf('ready'), isKeyBackedUp: true, keyMadeAtMs: oldKeyMadeAtMs }),
  },
  'a new key is confirmed, and not shown yet': {
    screen: 'recovery-key',
    looks: { phase: 'confirmed' },
    async begin() {
      const one = await withNewKey(keyed)
      one.beeper.confirmKey = () => Promise.resolve(ok(one.server.setup))
      await one.handlers['security.confirmRecoveryKey'](proofOf(newKeys[0]))
      await settle()
      return one
    },
  },
  'the first sync': { screen: 'first-sync', begin: standing('needs-first-sync') },
  'all is ready': { screen: 'connect', begin: standing('ready') },
}

/** Those in which a key that is not confirmed is on the screen: a restart of the server makes it void. */
export const keyIsShown = ['a new key is shown', 'the first key is shown', 'a key is shown to somebody who is ready']
