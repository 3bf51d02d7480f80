// The log file behind the Log port. The library is loaded with the first line, so that it costs the start nothing.
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { word } from '../ports.ts'
import type { Facts, Log } from '../ports.ts'
import { redact } from './redact.ts'

const fileName = 'drawbridge.log'
const maxBytes = 1_000_000

/** Writes one line; levels are those of the Log port. */
export type WriteLine = (line: string) => void

/**
 * Makes the log over a way to write lines.
 * @param write where the lines go
 * @param wallTime the time for each line, ISO 8601
 */
export function createLog(write: WriteLine, wallTime: () => string): Log {
  const put = (level: string, event: string, facts: Facts | undefined, error?: unknown): void => {
    const entry = {
      at: wallTime(),
      level,
      event: redact(event),
      ...(facts === undefined ? {} : { facts: loggable(facts) }),
      ...(error === undefined ? {} : { error: describe(error) }),
    }
    write(JSON.stringify(entry))
  }
  return {
    info: (event, facts) => {
      put('info', event, facts)
    },
    warn: (event, facts) => {
      put('warn', event, facts)
    },
    error: (event, error, facts) => {
      put('error', event, facts, error)
    },
  }
}

/**
 * Makes a writer to `drawbridge.log` in a folder, with one older file kept beside it. A log that cannot be written is
 * never a reason to fail.
 * @param folder made if missing, closed to other users (SEC-5)
 */
export function fileWriter(folder: string): WriteLine {
  const waiting: string[] = []
  let sink: WriteLine | undefined
  let isLoading = false

  async function load(): Promise<void> {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      chmodSync(folder, 0o700)
      sink = await openFile(folder)
    } catch {
      sink = () => undefined
    }
    for (const line of waiting.splice(0)) sink(line)
  }

  return (line) => {
    if (sink !== undefined) {
      sink(line)
      return
    }
    waiting.push(line)
    if (isLoading) return
    isLoading = true
    void load()
  }
}

async function openFile(folder: string): Promise<WriteLine> {
  // The Node part only: the other one reaches into windows and sessions.
  const { default: library } = await import('electron-log/node')
  const logger = library.create({ logId: 'drawbridge' })
  logger.transports.console.level = false
  const { file } = logger.transports
  file.level = 'info'
  file.resolvePathFn = () => join(folder, fileName)
  file.maxSize = maxBytes
  file.format = '{text}'
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  return (line) => {
    logger.info(line)
  }
}

function loggable(facts: Facts): Record<string, unknown> {
  const entries = Object.entries(facts).filter(([, fact]) => fact !== undefined)
  // The type kept free text out already. Redacting once more costs nothing and forgives a cast.
  return Object.fromEntries(entries.map(([name, fact]) => [name, typeof fact === 'string' ? redactFact(fact) : fact]))
}

const originFact = /^[a-z][a-z0-9+.-]*:\/\/[^/\s@]+$/i

function redactFact(fact: string): string {
  return originFact.test(fact) || word(fact) === fact ? fact : redact(fact)
}

/** Name, code and redacted stack of whatever was thrown, with its causes. */
function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { thrown: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? redact(error.code) : undefined
  return {
    name: redact(error.name),
    ...(code === undefined ? {} : { code }),
    stack: redact(error.stack ?? error.message),
    ...(error.cause === undefined || depth >= 3 ? {} : { cause: describe(error.cause, depth + 1) }),
  }
}
