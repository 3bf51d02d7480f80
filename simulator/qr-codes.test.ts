// The codes of the two sides: what is in them, in which spellings a code may be handed in, and what a camera sees.
import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import type { VerificationResponse } from '#contract/beeper/gen/types.gen'
import { qrPicture, type QrPicture } from './qr-picture.ts'
import { bench, type Bench, type Reply } from './testing.ts'

async function codes(
  kind: 'bytes' | 'letters',
): Promise<Bench & { id: string; own: string; peer: string; token: string }> {
  const it = await bench({ scenario: 'needs-verification' })
  const token = await it.control.token()
  await it.control.wire({ codes: kind })
  await it.call('POST', '/v1/app/setup/verifications', { token })
  await it.control.verification('accept')
  const [one] = (await it.control.snapshot()).verifications
  return { ...it, token, id: one?.verificationID ?? '', own: one?.ownCode ?? '', peer: one?.peerCode ?? '' }
}

/** Reads a picture as a camera would: from pixels alone. */
function readPicture({ path, side }: QrPicture): string {
  const scale = 3
  const png = new PNG({ width: side * scale, height: side * scale, fill: true })
  png.data.fill(255)
  for (const [, x = '', y = '', length = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = row * png.width + Number(x) * scale
      for (let pixel = from; pixel < from + Number(length) * scale; pixel += 1)
        png.data.fill(0, pixel * 4, pixel * 4 + 3)
    }
  }
  const found = jsQR(new Uint8ClampedArray(png.data), png.width, png.height)
  return Buffer.from(found?.binaryData ?? []).toString('latin1')
}

describe.each(['bytes', 'letters'] as const)('%s', (kind) => {
  test('have the layout of Matrix and differ on the two sides', async () => {
    const { id, own, peer } = await codes(kind)
    expect(own).not.toBe(peer)
    for (const code of [own, peer]) {
      const rest = code.slice('MATRIX'.length)
      const bytes = Buffer.from(rest, kind === 'bytes' ? 'latin1' : 'base64url')
      expect([bytes[0], bytes.readUInt16BE(2)]).toEqual([2, bytes.length - 84])
      expect(bytes.subarray(4, 4 + id.length).toString()).toBe(id)
    }
  })

  const spellings: [string, (code: string) => string][] = [
    ['as it is', (code) => code],
    ['base64', (code) => Buffer.from(code, 'latin1').toString('base64')],
    ['base64 without its end', (code) => Buffer.from(code, 'latin1').toString('base64').replace(/=+$/, '')],
    ['base64url', (code) => Buffer.from(code, 'latin1').toString('base64url')],
  ]
  test.each(spellings)('are taken %s', async (_, spell) => {
    const it = await codes(kind)
    const scan = (data: string): Promise<Reply> =>
      it.call('POST', '/v1/app/setup/verifications/qr/scan', { token: it.token, body: { data } })
    for (const wrong of ['', it.own, spell(`${it.peer}x`), it.peer.slice(1)])
      expect((await scan(wrong)).status).toBe(400)
    const reply = await scan(spell(it.peer))
    expect(reply.status).toBe(200)
    expect((reply.body as VerificationResponse).verification).toMatchObject({ id: it.id, availableActions: ['cancel'] })
    expect((await scan(spell(it.peer))).status).toBe(400)
  })

  test('the picture on the phone holds the very same', async () => {
    const it = await codes(kind)
    const { peerPicture } = (await it.control.snapshot()).verifications[0] ?? {}
    expect(readPicture(peerPicture ?? { path: '', side: 1 })).toBe(it.peer)
  })
})

test('every byte survives the picture', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1')
  expect(readPicture(qrPicture(all))).toBe(all)
})
