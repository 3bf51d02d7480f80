// The shape of settings.json. It is read back from a disk that may have been cut, edited or written by a later version.
import { z } from 'zod'
import { onceOnlyOperations } from '../ports.ts'
import type { Settings } from '../ports.ts'

const text = z.string().max(4000)
const place = z.number().int().min(-100_000).max(100_000)
const size = z.number().int().min(1).max(100_000)

export const defaultPort = 23373

const intent = z.object({
  operation: z.enum(onceOnlyOperations),
  origin: text,
  openedAt: text,
  bridgeID: text.optional(),
})

const openSession = z.object({
  origin: text,
  bridgeID: text,
  loginSessionID: text,
  networkName: text,
  networkType: text,
  flowID: text.optional(),
  openedAt: text,
})

export const settingsSchema = z.object({
  version: z.literal(1),
  window: z
    .object({ x: place.optional(), y: place.optional(), width: size, height: size, isMaximized: z.boolean() })
    .optional(),
  ports: z.array(z.number().int().min(1).max(65_535)).max(64),
  progress: z.object({
    server: z.object({ origin: text, name: text }).optional(),
    marker: z.object({ origin: text, userID: text.optional(), savedAt: text }).optional(),
    email: text.optional(),
    request: z.object({ origin: text, sentAt: text }).optional(),
    isFirstRunDone: z.boolean(),
    intents: z.array(intent).max(1000),
    sessions: z.array(openSession).max(1000),
  }),
}) satisfies z.ZodType<Settings>

/** What a fresh profile holds. */
export const freshSettings: Settings = {
  version: 1,
  ports: [defaultPort],
  progress: { isFirstRunDone: false, intents: [], sessions: [] },
}
