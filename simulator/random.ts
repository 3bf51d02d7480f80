// Repeatable randomness: the same seed gives the same codes, tokens and keys. Each purpose draws from a stream of its own,
// so a further mail does not change the next token. Nothing here protects anything real.

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export class Random {
  #state: number

  constructor(seed: number, stream: string) {
    let hash = 2166136261 ^ seed
    for (const character of stream) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619)
    this.#state = hash >>> 0
  }

  /** A number in [0, 1); mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** An integer in [0, below). */
  below(below: number): number {
    return Math.floor(this.next() * below)
  }

  text(length: number, alphabet: string = alphanumeric): string {
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join('')
  }

  digits(length: number): string {
    return this.text(length, '0123456789')
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256))
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, order: this.next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item)
  }

  /**
   * A recovery key in the shape people know: bytes 0x8B 0x01, 32 of key, one of parity, in base58 and groups of four
   * (Matrix client-server API, "Key representation").
   */
  recoveryKey(): string {
    const body = [0x8b, 0x01, ...this.bytes(32)]
    const parity = body.reduce((sum, byte) => sum ^ byte, 0)
    return (toBase58([...body, parity]).match(/.{1,4}/g) ?? []).join(' ')
  }
}

function toBase58(bytes: readonly number[]): string {
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  let text = ''
  for (; value > 0n; value /= 58n) text = (base58[Number(value % 58n)] ?? '') + text
  return text
}
