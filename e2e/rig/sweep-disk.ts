// What an app leaves on the disk, and what the system tells everyone about its processes.
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { Bytes } from './sweep-matcher.ts'
import type { Piece, Place } from './sweep.ts'

/**
 * Every file under a folder, its name included. What vanishes meanwhile is passed over.
 * @param folder where to begin
 * @param placeOf to which place a file belongs, by its path within the folder
 */
export function* filesUnder(folder: string, placeOf: (path: string) => Place): Generator<Piece> {
  for (const path of pathsUnder(folder)) {
    const name = relative(folder, path)
    const place = placeOf(name)
    yield { place, where: 'the name of a file', bytes: Buffer.from(name) }
    const content = contentOf(path)
    if (content !== undefined) yield { place, where: name, ...content }
  }
}

function* pathsUnder(folder: string): Generator<string> {
  for (const entry of unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const path = join(folder, entry.name)
    yield path
    if (entry.isDirectory()) yield* pathsUnder(path)
  }
}

/** What a file holds or a link points to; nothing of sockets and folders. Chromium's lock is a link to a process's ID. */
function contentOf(path: string): Bytes | undefined {
  return unlessGone(() => {
    const stat = lstatSync(path)
    if (stat.isSymbolicLink()) return { bytes: Buffer.from(readlinkSync(path)), hasOddNumbers: true }
    return stat.isFile() ? { bytes: readFileSync(path) } : undefined
  })
}

/** To which place a file of the profile belongs. */
export function placeInProfile(path: string): Place {
  if (path.startsWith('logs/')) return 'log'
  return path.startsWith('Crashpad/') || path.endsWith('.dmp') ? 'dump' : 'profile'
}

/**
 * Arguments and environment of the app's processes: main, all that descend from it, and those that have let go of it but
 * still carry its environment.
 * @param main the ID of the main process
 * @param mark a text that only the environment of this app has in it
 */
export function* processes(main: number, mark: string): Generator<Piece> {
  const parents = new Map(allProcesses().map((id) => [id, parentOf(id)]))
  const descends = (id: number): boolean => {
    const parent = parents.get(id)
    return id === main || (parent !== undefined && descends(parent))
  }
  for (const id of parents.keys()) {
    const environment = read(id, 'environ')
    if (!descends(id) && !environment.includes(mark)) continue
    const argv = read(id, 'cmdline')
    const where = id === main ? 'main' : kindOf(argv)
    yield { place: 'argv', where, bytes: argv }
    yield { place: 'environment', where, bytes: withoutInherited(environment) }
  }
}

const allProcesses = (): readonly number[] => readdirSync('/proc').map(Number).filter(Number.isInteger)

/** The parent is the second number after the name, which stands in brackets and may hold anything. */
function parentOf(id: number): number | undefined {
  const [, parent] = /^.*\) \S (\d+)/su.exec(read(id, 'stat').toString('latin1')) ?? []
  return parent === undefined ? undefined : Number(parent)
}

/** A process in Chromium's sandbox shows its environment to root alone; it has it from its parent, which is read. */
const read = (id: number, what: 'cmdline' | 'environ' | 'stat'): Buffer =>
  unlessGone(() => readFileSync(`/proc/${id}/${what}`), ['EACCES']) ?? Buffer.alloc(0)

/** What a process is: `renderer`, `utility`, or the name of a program. Chromium's may come as one text with blanks. */
function kindOf(argv: Buffer): string {
  const text = argv.toString()
  return /[\0 ]--type=([\w-]+)/u.exec(text)?.[1] ?? basename(text.split('\0')[0] ?? '')
}

/** What this very process has in its environment was there before there was any secret; numbers in it mean other things. */
function withoutInherited(environment: Buffer): Buffer {
  const inherited = new Set(Object.entries(process.env).map(([name, value]) => `${name}=${value ?? ''}`))
  const own = environment.toString().split('\0')
  return Buffer.from(own.filter((pair) => !inherited.has(pair)).join('\0'))
}

/** Files and processes come and go while they are read. */
function unlessGone<T>(read: () => T, alsoPassedOver: readonly string[] = []): T | undefined {
  try {
    return read()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR', 'ESRCH', ...alsoPassedOver].includes(code)) return undefined
    throw error
  }
}
