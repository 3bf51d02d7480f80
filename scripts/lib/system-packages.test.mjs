import { expect, test } from 'vitest'
import { aptState, chooseNames, librariesNotFound } from './system-packages.mjs'

const LDD = `	linux-vdso.so.1 (0x00007ffd)
	libgtk-3.so.0 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
	libgbm.so.1 => not found
`

test('reads from ldd what is missing', () => {
  expect(librariesNotFound(LDD)).toEqual(['libgtk-3.so.0', 'libgbm.so.1'])
})

const policy = (/** @type {string} */ name, /** @type {string} */ candidate) =>
  `${name}:\n  Installed: (none)\n  Candidate: ${candidate}\n  Version table:\n`

test('takes the new name of a package where a release has renamed it, and leaves out what it does not have', () => {
  const output = [
    policy('libgtk-3-0', '(none)'),
    policy('libgtk-3-0t64', '3.24.41-4ubuntu1'),
    policy('libnss3', '2:3.98-1'),
    policy('libasound2', '(none)'),
    policy('libasound2t64', '1.2.11-1'),
  ].join('')
  expect(chooseNames(['libgtk-3-0', 'libnss3', 'libasound2', 'chromium'], output)).toEqual([
    'libgtk-3-0t64',
    'libnss3',
    'libasound2t64',
  ])
})

test('tells how far apt is', () => {
  const start =
    '0 upgraded, 3 newly installed, 0 to remove and 6 not upgraded.\nNeed to get 10 kB/127 MB of archives.\n'
  expect(aptState('Reading package lists...\n')).toBe('looking up')
  expect(aptState(`${start}Get:1 x\nGet:2 y\n`)).toBe('2 of 3 fetched (127 MB in all)')
  expect(aptState(`${start}Unpacking x\nUnpacking y\nSetting up x\n`)).toBe('2 unpacked and 1 set up of 3')
})
