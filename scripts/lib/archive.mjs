// Just enough of tar, zip and asar for the stand-in runtime: no dependency may be needed before `npm ci` has run.

import { open } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'

const BLOCK = 512
const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const END_SIZE = 22

/**
 * Copies one file out of a tar stream (names up to 100 bytes; that is all npm packages of our size need).
 * @param {AsyncIterable<Buffer>} tar
 * @param {string} wanted
 * @param {(chunk: Buffer) => Promise<void>} write
 * @returns {Promise<boolean>} whether it was there
 */
export async function copyFromTar(tar, wanted, write) {
  let header = Buffer.alloc(0)
  let body = 0
  let padding = 0
  let isWanted = false
  let found = false
  for await (let chunk of tar) {
    while (chunk.length > 0) {
      if (body > 0) {
        const part = chunk.subarray(0, body)
        if (isWanted) await write(part)
        body -= part.length
        chunk = chunk.subarray(part.length)
      } else if (padding > 0) {
        const skipped = Math.min(padding, chunk.length)
        padding -= skipped
        chunk = chunk.subarray(skipped)
      } else {
        const part = chunk.subarray(0, BLOCK - header.length)
        header = Buffer.concat([header, part])
        chunk = chunk.subarray(part.length)
        if (header.length < BLOCK) continue
        const entry = tarEntry(header)
        header = Buffer.alloc(0)
        body = entry.size
        padding = (BLOCK - (body % BLOCK)) % BLOCK
        isWanted = entry.name === wanted
        found ||= isWanted
      }
    }
  }
  return found
}

/** @param {Buffer} header */
function tarEntry(header) {
  const text = (/** @type {number} */ from, /** @type {number} */ to) =>
    header.toString('latin1', from, to).replace(/\0.*$/s, '')
  return { name: text(0, 100), size: parseInt(text(124, 136).trim() || '0', 8) }
}

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} mode Unix file mode, 0 when the archive holds none
 * @property {number} size
 * @property {() => Promise<Buffer>} read
 */

/**
 * Opens a zip file (no zip64) and hands its entries to `use`.
 * @template T
 * @param {string} path
 * @param {(entries: ZipEntry[]) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withZip(path, use) {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tail = await readAt(file, Math.max(0, size - 65557), Math.min(size, 65557))
    const end = lastIndexOfSignature(tail)
    if (end < 0) throw new Error(`${path} is not a zip file`)
    const directory = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
    return await use(zipEntries(directory, file))
  } finally {
    await file.close()
  }
}

/** @param {Buffer} tail */
function lastIndexOfSignature(tail) {
  for (let i = tail.length - END_SIZE; i >= 0; i--) if (tail.readUInt32LE(i) === END_OF_DIRECTORY) return i
  return -1
}

/**
 * @param {Buffer} directory
 * @param {import('node:fs/promises').FileHandle} file
 */
function zipEntries(directory, file) {
  /** @type {ZipEntry[]} */
  const entries = []
  for (let i = 0; i + 46 <= directory.length && directory.readUInt32LE(i) === DIRECTORY_ENTRY;) {
    const method = directory.readUInt16LE(i + 10)
    const packed = directory.readUInt32LE(i + 20)
    const nameLength = directory.readUInt16LE(i + 28)
    const offset = directory.readUInt32LE(i + 42)
    entries.push({
      name: directory.toString('utf8', i + 46, i + 46 + nameLength),
      mode: directory.readUInt32LE(i + 38) >>> 16,
      size: directory.readUInt32LE(i + 24),
      read: () => readEntry(file, offset, packed, method),
    })
    i += 46 + nameLength + directory.readUInt16LE(i + 30) + directory.readUInt16LE(i + 32)
  }
  return entries
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} offset
 * @param {number} packed
 * @param {number} method
 */
async function readEntry(file, offset, packed, method) {
  const local = await readAt(file, offset, 30)
  const start = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  const data = await readAt(file, start, packed)
  if (method === 0) return data
  if (method === 8) return inflateRawSync(data)
  throw new Error(`zip method ${method} is not supported`)
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/**
 * Packs files into an asar archive (a pickled JSON index with four little-endian lengths before it, then the bodies).
 * @param {Record<string, string>} files
 */
export function asar(files) {
  /** @type {Record<string, { size: number, offset: string }>} */
  const index = {}
  const bodies = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text)
    index[name] = { size: body.length, offset: String(offset) }
    bodies.push(body)
    offset += body.length
  }
  const json = Buffer.from(JSON.stringify({ files: index }))
  const padded = Math.ceil(json.length / 4) * 4
  const head = Buffer.alloc(16 + padded)
  head.writeUInt32LE(4, 0)
  head.writeUInt32LE(padded + 8, 4)
  head.writeUInt32LE(padded + 4, 8)
  head.writeUInt32LE(json.length, 12)
  json.copy(head, 16)
  return Buffer.concat([head, ...bodies])
}
