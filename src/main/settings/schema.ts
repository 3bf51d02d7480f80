// The shape of settings.json. It is read back from a disk that may have been cut, edited or written by a later version.
import { z } from 'zod'
import { intendedOperations } from '../ports.ts'
import type { Settings } from '../ports.ts'

const text = z.string().max(4000)
const place = z.number().int().min(-100_000).max(100_000)
const size = z.number().int().min(1).max(100_000)

/** The documented port and those after it, as the vendor's own command-line client looks for them (semantics 1). */
const usualPorts = Array.from({ length: 20 }, (_, index) => 23373 + index)

const source = z.enum(['account', 'oauth', 'manual'])

const intent = z.object({
  operation: z.enum(intendedOperations),
  origin: text,
  openedAt: text,
  bridgeID: text.optional(),
  source: source.optional(),
})

const openSession = z.object({
  origin: text,
  bridgeID: text,
  loginSessionID: text,
  networkName: text,
  networkType: text,
  flowID: text.optional(),
  openedAt: text,
  isOver: z.boolean().optional(),
})

const marker = z.object({ userID: text.optional(), savedAt: text, source, expiresAtMs: z.number().optional() })

const server = z.object({
  origin: text,
  name: text,
  version: text,
  kind: z.enum(['desktop', 'server', 'other']),
  givenName: text.optional(),
  lastState: z.enum(['signed-out', 'signed-in']),
  allowedAt: text.optional(),
  marker: marker.optional(),
})

export const settingsSchema = z.object({
  version: z.literal(1),
  window: z
    .object({ x: place.optional(), y: place.optional(), width: size, height: size, isMaximized: z.boolean() })
    .optional(),
  ports: z.array(z.number().int().min(1).max(65_535)).max(64),
  isContentProtected: z.boolean().optional(),
  progress: z.object({
    origin: text.optional(),
    servers: z.array(server).max(200),
    email: text.optional(),
    request: z.object({ origin: text, sentAt: text, isSpent: z.boolean().optional() }).optional(),
    isFirstRunDone: z.boolean(),
    intents: z.array(intent).max(1000),
    sessions: z.array(openSession).max(1000),
    newKeys: z
      .array(
        z.object({
          origin: text,
          userID: text.optional(),
          before: z.object({ isKept: z.boolean(), madeAtMs: z.number().optional() }),
          isSent: z.boolean(),
        }),
      )
      .max(200)
      .optional(),
    keyRemindersDismissed: z.array(text).max(200).optional(),
  }),
}) satisfies z.ZodType<Settings>

/** What a fresh profile holds. */
export const freshSettings: Settings = {
  version: 1,
  ports: usualPorts,
  progress: { servers: [], isFirstRunDone: false, intents: [], sessions: [] },
}
