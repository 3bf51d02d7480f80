// Bodies that dribble, never end or break off. They are written past Hono, which sends only what is whole.
import type { ServerResponse } from 'node:http'
import type { Clock } from './clock.ts'
import type { Fault } from './traffic.ts'

const pieceBytes = 64 * 1024

export const isPoured = ({ bytesPerSecond, endless, resetMidBody }: Fault): boolean =>
  bytesPerSecond !== undefined || endless === true || resetMidBody === true

/** Writes an answer piece by piece, as the fault has it. Resolves with whether the client was sent all of it. */
export async function pour(fault: Fault, answer: Response, outgoing: ServerResponse, clock: Clock): Promise<boolean> {
  const { bytesPerSecond } = fault
  const body = Buffer.from(await answer.arrayBuffer())
  const isEndless = fault.endless === true
  const isCut = fault.resetMidBody === true && !isEndless
  const isOver = (): boolean => outgoing.destroyed
  if (isOver()) return false
  // A client that hangs up leaves a write without an answer.
  const gone = new Promise<void>((resolve) => outgoing.once('close', resolve))
  const unlessGone = (step: Promise<void>): Promise<void> => Promise.race([step, gone])

  // Half of nothing would be all of it.
  const hasHead = !isCut || body.length > 0
  if (hasHead) writeHead(answer, isEndless ? undefined : body.length, outgoing)
  const size = sizeFor(bytesPerSecond)
  const startedAtMs = clock.now()
  let sent = 0
  for (const piece of isEndless ? more(size) : slices(isCut ? body.subarray(0, body.length / 2) : body, size)) {
    const dueAtMs = bytesPerSecond === undefined ? 0 : startedAtMs + (sent / bytesPerSecond) * 1000
    await unlessGone(clock.sleep(dueAtMs - clock.now()))
    if (isOver()) return false
    await unlessGone(written(outgoing, piece))
    sent += piece.length
  }
  if (isCut) outgoing.socket?.destroy()
  else await unlessGone(new Promise((resolve) => outgoing.end(resolve)))
  return outgoing.writableFinished
}

function writeHead({ headers, status }: Response, length: number | undefined, outgoing: ServerResponse): void {
  const size = length === undefined || length === 0 ? {} : { 'Content-Length': String(length) }
  outgoing.writeHead(status, { ...Object.fromEntries(headers), ...size })
  outgoing.flushHeaders()
}

function written(outgoing: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    outgoing.write(piece, () => {
      resolve()
    })
  })
}

/** A tenth of a second's worth, so that a slow body is seen to grow and a quick one is not chopped up. */
function sizeFor(bytesPerSecond = Number.POSITIVE_INFINITY): number {
  return Math.min(pieceBytes, Math.max(1, Math.floor(bytesPerSecond / 10)))
}

function* slices(body: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
}

/** The beginning of a JSON object, and no end of it. */
function* more(size: number): Generator<Buffer> {
  yield Buffer.from('{"more":"')
  for (const piece = Buffer.alloc(size, 'x'); ;) yield piece
}
