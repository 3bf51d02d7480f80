import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { asar, copyFromTar, withZip } from './archive.mjs'

/** @param {string} name @param {Buffer} body */
function tarFile(name, body) {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write(body.length.toString(8).padStart(11, '0'), 124)
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

test.each([1, 7, 512, 5000])('finds a file in a tar that comes in pieces of %i bytes', async (size) => {
  const body = Buffer.from('bridge '.repeat(200))
  const tar = Buffer.concat([tarFile('package/a', Buffer.from('a')), tarFile('package/b', body), Buffer.alloc(1024)])
  async function* pieces() {
    for (let i = 0; i < tar.length; i += size) yield tar.subarray(i, i + size)
  }
  /** @type {Buffer[]} */
  const got = []
  expect(await copyFromTar(pieces(), 'package/b', async (chunk) => void got.push(Buffer.from(chunk)))).toBe(true)
  expect(Buffer.concat(got).equals(body)).toBe(true)
  expect(await copyFromTar(pieces(), 'package/c', async () => {})).toBe(false)
})

/** @param {{ name: string, body: Buffer, method: number, mode: number }[]} files */
function zip(files) {
  const locals = []
  const entries = []
  let offset = 0
  for (const { name, body, method, mode } of files) {
    const data = method === 8 ? deflateRawSync(body) : body
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(body.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE((mode << 16) >>> 0, 38)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), data)
    entries.push(entry, Buffer.from(name))
    offset += 30 + name.length + data.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

test('reads names, modes and bodies of a zip', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-test-'))
  const path = join(folder, 'a.zip')
  const body = Buffer.from('x'.repeat(3000))
  writeFileSync(
    path,
    zip([
      { name: 'd/packed', body, method: 8, mode: 0o100755 },
      { name: 'stored', body: Buffer.from('s'), method: 0, mode: 0 },
    ]),
  )
  try {
    const seen = await withZip(path, (entries) =>
      Promise.all(entries.map(async ({ name, mode, size, read }) => [name, mode & 0o777, size, (await read()).length])),
    )
    expect(seen).toEqual([
      ['d/packed', 0o755, 3000, 3000],
      ['stored', 0, 1, 1],
    ])
    writeFileSync(path, 'no zip at all, but long enough to hold an end record')
    await expect(withZip(path, async () => {})).rejects.toThrow('not a zip')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('packs an asar whose index points at the bodies', () => {
  const packed = asar({ 'package.json': '{}', 'main.mjs': 'run()' })
  const length = packed.readUInt32LE(12)
  const { files } = JSON.parse(packed.toString('utf8', 16, 16 + length))
  const bodies = 8 + packed.readUInt32LE(4)
  const { offset, size } = files['main.mjs']
  expect(packed.toString('utf8', bodies + Number(offset), bodies + Number(offset) + size)).toBe('run()')
  expect(packed.readUInt32LE(0)).toBe(4)
  expect(bodies % 4).toBe(0)
})
