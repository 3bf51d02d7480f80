// The code that another device scans is bytes: in Matrix "MATRIX", a version, a mode, the ID of the flow, two keys and a secret.
// How a server puts bytes into a JSON string is not published. Here they are one character a byte (0 to 255), and these are the
// forms that lead there:
// - characters up to 255, some of them no printable ASCII: bytes as they are, as `latin1` makes them;
// - base64 or base64url of bytes that begin as Matrix has them: nobody else writes such a text, so it is decoded;
// - other ASCII: a code of letters, such as the simulator's plain ones, to be drawn as it is;
// - characters above 255: text, whose bytes are its UTF-8.

/** What a QR code holds at every level of error correction (ISO/IEC 18004, version 40, byte mode). A Matrix payload has under 400. */
const limitBytes = 1_273

/** "MATRIX" and version 2 in base64: eight letters, and the two that hold the version and the first bits after it. */
const encodedMatrix = /^TUFUUklYA[g-v][A-Za-z0-9+/]*$/u

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function decoded(data: string): string | undefined {
  const letters = data
    .replace(/\s/gu, '')
    .replace(/={1,2}$/u, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  // One letter of four alone holds no byte: it only looks like base64.
  if (!encodedMatrix.test(letters) || letters.length % 4 === 1) return undefined
  let payload = ''
  for (let at = 0; at < letters.length; at += 4) {
    const four = Array.from({ length: 4 }, (_, place) => alphabet.indexOf(letters[at + place] ?? 'A'))
    const bits = four.reduce((sum, six) => sum * 64 + six, 0)
    payload += String.fromCharCode(bits >> 16, (bits >> 8) & 255, bits & 255)
  }
  return payload.slice(0, Math.floor((letters.length * 3) / 4))
}

const utf8 = (text: string): string =>
  encodeURIComponent(text).replace(/%([0-9A-F]{2})/gu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

/**
 * Reads the payload of a code to draw.
 * @param data `qr.data` of a verification
 * @returns one character a byte; none for what cannot be drawn, or was spoilt on its way: a byte that became U+FFFD or half of a
 *   surrogate pair is lost, and the code would never be read
 */
export function qrPayloadFrom(data: string): string | undefined {
  if (data === '' || data.length > 4 * limitBytes || /[\uFFFD\p{Surrogate}]/u.test(data)) return undefined
  const payload = /[^\0-\u00ff]/u.test(data) ? utf8(data) : (decoded(data) ?? data)
  return payload.length > limitBytes ? undefined : payload
}

/**
 * Whether a code that was read is bytes, one character each, rather than letters that somebody could have pasted.
 * @param data what was read off the other device
 */
export const isBinary = (data: string): boolean =>
  // Those control characters that a pasted text may have are no sign of bytes.
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /^[\0-\u00ff]*$/u.test(data) && /[\0-\u0008\u000b\u000c\u000e-\u001f\u007f-\u00ff]/u.test(data)
