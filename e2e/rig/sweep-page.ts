// What the page of the app window holds: its heap and its DOM. Both are asked of main, because Playwright never speaks again
// to a page that has crashed, and waits for a navigation that was begun and never came.
import type { ElectronApplication } from '@playwright/test'
import { readFileSync } from 'node:fs'
import type { Piece } from './sweep.ts'

const limitMs = 20_000
const where = 'app page'
/** Text of this length is a program or a catalogue. */
const longText = 10_000

interface Read {
  /** A file; Chromium's developer tools open it and show what holds a string. */
  readonly snapshot: string
  readonly dom: string
}

/**
 * Takes a snapshot of the heap of the app's own page and then reads its DOM; of every window that shows it, should there be
 * more. Rejects when the app or its page does not answer.
 */
export async function pages(app: ElectronApplication): Promise<readonly Piece[]> {
  const read = await inTime(
    app.evaluate(
      (_electron, readDOM) => {
        // sweep-main.cjs has put it there.
        const { sweepPages } = globalThis as unknown as { sweepPages: (program: string) => Promise<readonly Read[]> }
        return sweepPages(readDOM)
      },
      `(${String(domTexts)})()`,
    ),
  )
  return read.flatMap(({ snapshot, dom }) => [
    ...heapPieces(snapshot),
    { place: 'dom', where, bytes: Buffer.from(dom) },
  ])
}

/** Runs in the page. Its markup alone would hide what stands in it with character references, and what was typed. */
function domTexts(): string {
  const { documentElement } = document
  const attributes = Array.from(document.querySelectorAll('*'), (element) =>
    Array.from(element.attributes, ({ value }) => value),
  )
  const fields = Array.from(
    document.querySelectorAll<HTMLInputElement>('input, textarea, select'),
    ({ value }) => value,
  )
  return [documentElement.outerHTML, documentElement.textContent, ...attributes.flat(), ...fields, location.href].join(
    '\n',
  )
}

function heapPieces(snapshot: string): readonly Piece[] {
  const strings = stringsOf(readFileSync(snapshot, 'utf8'))
  const piece = (texts: readonly string[], hasOddNumbers: boolean): Piece => ({
    place: 'heap',
    where,
    bytes: Buffer.from(texts.join('\0')),
    hasOddNumbers,
  })
  return [
    piece(
      strings.filter(({ length }) => length <= longText),
      false,
    ),
    piece(
      strings.filter(({ length }) => length > longText),
      true,
    ),
  ]
}

/** The names that V8 gives to what a WeakMap holds; they say the numbers of nodes. */
const ofWeakMap = /^\d+ \/ part of key .* pair in WeakMap \(table @\d+\)$/su

/**
 * The strings of a heap snapshot, which stand at its end; before them are numbers of all kinds.
 * @param snapshot as V8 writes it: JSON whose parts begin on lines of their own
 */
function stringsOf(snapshot: string): readonly string[] {
  const begin = '\n"strings":'
  const at = snapshot.lastIndexOf(begin)
  if (at < 0) throw new Error('the heap snapshot has no strings')
  const strings = JSON.parse(snapshot.slice(at + begin.length, snapshot.lastIndexOf('}'))) as readonly string[]
  return strings.filter((text) => !ofWeakMap.test(text))
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the app did not answer the sweep within ${limitMs} ms`))
    }, limitMs)
  })
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer)
  })
}
