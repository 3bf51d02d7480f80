// The sweep (SEC-1): looks for secrets in every place where an app may leave them behind. What it finds is told by name,
// place and coding, never by value.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Desk } from './desk.ts'
import { filesUnder, placeInProfile, processes } from './sweep-disk.ts'
import type { Coding } from './sweep-forms.ts'
import { createMatcher } from './sweep-matcher.ts'
import type { Bytes, Secret } from './sweep-matcher.ts'
import { pages } from './sweep-page.ts'

export type { Secret }

/**
 * `dump`: what a crash leaves; `session`: the folders that a desktop session gives to its programs; `opened`: what the browser
 * was asked to open; `view`: what main sends to its page by itself; `answer`: what it answers to the page's commands.
 */
export type Place =
  | 'log'
  | 'output'
  | 'profile'
  | 'dump'
  | 'temp'
  | 'session'
  | 'argv'
  | 'environment'
  | 'opened'
  | 'view'
  | 'answer'
  | 'dom'
  | 'heap'

export interface Piece extends Bytes {
  readonly place: Place
  readonly where: string
}

export interface Hit {
  readonly secret: string
  readonly place: Place
  readonly coding: Coding
  /** A file, a process, a command. */
  readonly where: string
}

/** Where a secret may be (threat-model.md, section 1). Without `where`, anywhere in the place. */
export interface Exception {
  readonly name: string
  readonly place: Place
  readonly where?: string
}

/**
 * Looks everywhere. A running app is asked for what its page holds and its processes are looked at; of one that has ended,
 * what it left behind and what was noted of it.
 * @param desk the desk that the app is or was on; rejects when the app runs and does not answer
 * @param secrets what must not be found
 * @param except where something may be found all the same
 */
export async function sweep(
  desk: Desk,
  secrets: readonly Secret[],
  { except }: { readonly except: readonly Exception[] },
): Promise<readonly Hit[]> {
  if (secrets.length === 0) return []
  const find = createMatcher(secrets)
  const hits = new Map<string, Hit>()
  for await (const piece of pieces(desk))
    for (const { secret, coding } of find(piece)) {
      const hit = { secret, place: piece.place, coding, where: withoutValues(piece.where, secrets) }
      hits.set(JSON.stringify(hit), hit)
    }
  return [...hits.values()].filter((hit) => !except.some((exception) => allows(exception, hit)))
}

function allows({ name, place, where }: Exception, hit: Hit): boolean {
  return name === hit.secret && place === hit.place && (where === undefined || where === hit.where)
}

function withoutValues(where: string, secrets: readonly Secret[]): string {
  return secrets.reduce((text, { name, value }) => text.replaceAll(value, `<${name}>`), where)
}

async function* pieces(desk: Desk): AsyncGenerator<Piece> {
  const { running } = desk
  if (running !== undefined) {
    yield* await pages(running).catch((error: unknown) => {
      // Whoever has just ended has no page any more.
      if (desk.running === undefined) return []
      throw error
    })
    yield* processes(running.process().pid ?? 0, desk.temp)
  }
  yield* filesUnder(desk.profile, placeInProfile)
  yield* filesUnder(desk.temp, () => 'temp')
  yield* filesUnder(desk.session, () => 'session')
  yield { place: 'opened', where: 'browser', bytes: Buffer.from(desk.browser.opened().join('\n')) }
  yield {
    place: 'output',
    where: 'standard streams',
    bytes: Buffer.from(desk.output.join('').replaceAll(chromiumsMark, '')),
  }
  for (const place of ['output', 'view', 'answer'] as const) yield* notesOf(desk, place)
}

/** Chromium begins its lines with `[PROCESS:MONTHDAY/TIME:`. */
const chromiumsMark = /^\[\d+:\d{4}\/\d{6}\.\d+:/gmu

/** What the app itself was made to note, by sweep-main.cjs. */
function* notesOf(desk: Desk, place: 'output' | 'view' | 'answer'): Generator<Piece> {
  const file = join(desk.notes, place)
  if (!existsSync(file)) return
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const [where, text] = JSON.parse(line) as readonly [string, string]
    yield { place, where, bytes: Buffer.from(text) }
  }
}
