import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testRows } from '../testing/keychain-cells.ts'
import type { Row } from '../testing/keychain-cells.ts'
import { broken, filesWithToken, tokens } from '../testing/keychain-rigs.ts'

const missing: Row['cells'] = {
  read: 'keychain.missing',
  write: 'keychain.missing',
  delete: 'keychain.missing',
  probe: 'keychain.missing',
  launch: 'keychain-shut, keychain.missing',
}

testRows([
  { name: 'no library', proves: 'KEY-1 KEY-5', open: broken('no-library'), cells: missing },
  {
    name: 'a library that hangs',
    proves: 'KEY-1 KEY-5',
    open: broken('hanging'),
    hangs: 'always',
    cells: {
      read: 'keychain.locked',
      write: 'keychain.locked',
      delete: 'keychain.locked',
      probe: 'keychain.locked',
      launch: 'keychain-shut, keychain.locked',
    },
  },
  { name: 'a crash', proves: 'KEY-1 KEY-5', open: broken('crashing'), cells: missing },
  { name: 'a crash on load', proves: 'KEY-1 KEY-5', open: broken('crashing-on-load'), cells: missing },
  {
    name: 'a NUL in the value',
    proves: 'KEY-1 KEY-4',
    open: broken('holding-a-nul'),
    writes: 'SECRET\0token',
    cells: {
      read: 'keychain.mismatch',
      write: 'keychain.mismatch',
      delete: 'done',
      probe: 'keychain.mismatch',
      launch: 'keychain-shut, keychain.mismatch',
    },
  },
])

test('KEY-5: the sweep of a rig finds a token in every coding that it looks for', async () => {
  const rig = await broken('no-library')()
  const bytes = Buffer.from(tokens.new)
  const forms = { plain: bytes, wide: Buffer.from(tokens.new, 'utf16le'), base64: bytes.toString('base64') }
  for (const [name, form] of Object.entries(forms)) writeFileSync(join(rig.folder, name), form)
  expect(filesWithToken(rig.folder)).toEqual(
    Object.keys(forms)
      .map((name) => join(rig.folder, name))
      .sort(),
  )
  rig.close()
})
