import { expect, test } from 'vitest'
import { testRows } from '../testing/keychain-cells.ts'
import type { Row } from '../testing/keychain-cells.ts'
import { absent, describeReal, real, tokens } from '../testing/keychain-rigs.ts'

const missing: Row['cells'] = {
  read: 'keychain.missing',
  write: 'keychain.missing',
  delete: 'keychain.missing',
  probe: 'keychain.missing',
  launch: 'keychain-shut, keychain.missing',
}
const locked: Row['cells'] = {
  read: 'keychain.locked',
  write: 'keychain.locked',
  delete: 'keychain.locked',
  probe: 'keychain.locked',
  launch: 'keychain-shut, keychain.locked',
}
const refused: Row['cells'] = {
  read: 'nothing',
  write: 'keychain.denied',
  delete: 'keychain.denied',
  probe: 'keychain.denied',
  launch: 'keychain-shut, keychain.empty',
}
// libsecret 0.20 waits for ever for a keyring that ended while its window was open; later releases notice.
const gone = ['keychain.locked', 'keychain.missing', 'keychain.denied']
const once: Row['prompts'] = { read: 1, write: 1, delete: 1, probe: 1, launch: 1 }
const none: Row['prompts'] = { read: 0, write: 0, delete: 0, probe: 0, launch: 0 }
const held = tokens.old

test('the real keyrings are not left out where the whole suite runs', () => {
  const isWhole = process.env['CI'] !== undefined && process.platform === 'linux'
  expect(isWhole ? absent : []).toEqual([])
})

describeReal('real keyrings', () => {
  testRows([
    {
      name: 'an open keyring',
      proves: 'KEY-1',
      open: real('unlocked', { held }),
      prompts: none,
      cells: { read: 'token', write: 'done', delete: 'done', probe: 'done', launch: 'signed-in' },
    },
    { name: 'no bus', proves: 'KEY-1 KEY-5', open: real('no-bus'), cells: missing },
    { name: 'no provider', proves: 'KEY-1 KEY-5', open: real('no-provider'), cells: missing },
    {
      name: 'locked, with a window that nobody answers',
      proves: 'KEY-1 KEY-5',
      open: real('locked', { held, befall: (keyring) => keyring.prompted() }),
      hangs: 'always',
      prompts: once,
      cells: locked,
    },
    {
      name: 'locked, and the window closed',
      proves: 'KEY-1 KEY-5',
      open: real('locked', {
        held,
        befall: async (keyring) => {
          await keyring.prompted()
          keyring.dismiss()
        },
      }),
      prompts: once,
      cells: refused,
    },
    {
      name: 'locked, without a display',
      proves: 'KEY-1 KEY-5',
      open: real('locked-unasked', { held }),
      prompts: once,
      cells: refused,
    },
    {
      name: 'a provider killed midway',
      proves: 'KEY-1 KEY-5',
      open: real('locked', {
        held,
        befall: async (keyring) => {
          await keyring.prompted()
          await keyring.kill()
        },
      }),
      hangs: 'perhaps',
      prompts: once,
      cells: {
        read: ['keychain.locked', 'keychain.missing', 'nothing'],
        write: gone,
        delete: gone,
        probe: gone,
        launch: ['keychain-shut, keychain.locked', 'keychain-shut, keychain.missing', 'keychain-shut, keychain.empty'],
      },
    },
    {
      name: 'a marker without an entry',
      proves: 'KEY-1 KEY-3',
      open: real('unlocked'),
      prompts: none,
      cells: { read: 'nothing', write: 'done', delete: 'done', probe: 'done', launch: 'keychain-shut, keychain.empty' },
    },
    {
      name: 'a value too long',
      proves: 'KEY-1 KEY-4',
      open: real('unlocked', { held: 'x'.repeat(2001) }),
      writes: 'y'.repeat(2001),
      prompts: none,
      cells: {
        read: 'keychain.mismatch',
        write: 'keychain.mismatch',
        delete: 'done',
        probe: 'done',
        launch: 'keychain-shut, keychain.mismatch',
      },
    },
  ])
})
