import { expect, test } from 'vitest'
import { Random } from './random.ts'
import { sasEmoji } from './sas-emoji.ts'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

test('the same seed and stream repeat, other ones differ', () => {
  const draw = (seed: number, stream: string): string => new Random(seed, stream).text(20)
  expect(draw(1, 'mail')).toBe(draw(1, 'mail'))
  expect(draw(1, 'mail')).not.toBe(draw(2, 'mail'))
  expect(draw(1, 'mail')).not.toBe(draw(1, 'tokens'))
})

test('a recovery key has the shape of a Matrix one', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const key = new Random(seed, 'key').recoveryKey()
    expect(key).toMatch(/^Es[1-9A-HJ-NP-Za-km-z]{2}( [1-9A-HJ-NP-Za-km-z]{4}){11}$/)
    let value = 0n
    for (const letter of key.replaceAll(' ', '')) value = value * 58n + BigInt(alphabet.indexOf(letter))
    const bytes = Buffer.from(value.toString(16).padStart(70, '0'), 'hex')
    expect([bytes[0], bytes[1], bytes.length]).toEqual([0x8b, 0x01, 35])
    expect(bytes.reduce((parity, byte) => parity ^ byte, 0)).toBe(0)
  }
})

test('there are 64 emoji, each with a name of its own', () => {
  expect(sasEmoji).toHaveLength(64)
  expect(new Set(sasEmoji.map(({ emoji }) => emoji)).size).toBe(64)
  expect(new Set(sasEmoji.map(({ name }) => name)).size).toBe(64)
})
