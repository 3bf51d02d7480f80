// Secrets that lie about on purpose, so that the sweep can show that it finds them. They are written by the programs' own
// means, not by those of the sweep.
import { expect } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { randomBytes, randomInt } from 'node:crypto'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Desk } from './desk.ts'
import type { Hit, Place, Secret } from './sweep.ts'

type Coding = Hit['coding']

export interface Plant {
  readonly secret: Secret
  /** What of it is to be found. */
  readonly hits: readonly Hit[]
}

const all: readonly Coding[] = ['raw', 'url', 'json', 'base64', 'hex', 'utf16']
/** UTF-16 is full of NULs, at which arguments, variables of the environment and the strings of a heap snapshot end. */
const withoutNul = all.filter((coding) => coding !== 'utf16')
/** What neither an address nor markup writes in another way. */
const plain: readonly Coding[] = ['url', 'base64', 'hex']

/** Draws a secret that every coding writes in another way. */
export const drawn = (name: string): Secret => ({ name, value: `p/l+a "n" ${randomBytes(12).toString('hex')}` })

/** A value as programs write it that do not mean to hide it: within other text, and so at any place of a group of base64. */
export function written(value: string): Readonly<Record<Coding, string>> {
  return {
    raw: value,
    url: encodeURIComponent(value),
    json: JSON.stringify(value),
    base64: Buffer.from(`${'<'.repeat(randomInt(3))}${value}>`).toString('base64'),
    hex: Buffer.from(value).toString('hex'),
    utf16: Buffer.from(value, 'utf16le').toString('latin1'),
  }
}

/** Draws a secret for a place. @returns what is to be planted there and what of it will be found */
function plant(name: string, place: Place, where: string, codings = all): Plant & { readonly text: string } {
  const secret = drawn(name)
  const forms = written(secret.value)
  return {
    secret,
    text: codings.map((coding) => forms[coding]).join('\n'),
    hits: codings.map((coding) => ({ secret: name, place, coding, where })),
  }
}

export function plantOnDisk(desk: Desk): readonly Plant[] {
  const files = [
    ['log', desk.profile, 'logs/drawbridge.log'],
    ['profile', desk.profile, 'Local Storage/leveldb/000009.ldb'],
    ['dump', desk.profile, 'Crashpad/pending/planted.dmp'],
    ['temp', desk.temp, 'planted/file'],
    ['session', desk.session, 'data/planted'],
  ] as const
  const inFiles = files.map(([place, folder, name]) => {
    const planted = plant(`in a file: ${place}`, place, name)
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    appendFileSync(join(folder, name), Buffer.from(`\u0000\u00ff${planted.text}\u00fe`, 'latin1'))
    return planted
  })
  const name = plant('in the name of a file', 'profile', 'the name of a file', ['hex'])
  writeFileSync(join(desk.profile, `${name.text}.txt`), '')
  return [...inFiles, name]
}

/** On the ways out of main: its streams, its window, the browser. */
export async function plantOnTheWay(desk: Desk, app: ElectronApplication): Promise<readonly Plant[]> {
  const said = plant('in the console', 'output', 'standard streams')
  const printed = plant('on a stream', 'output', 'standard streams')
  const sent = plant('in a View', 'view', 'drawbridge:view')
  const opened = plant('in the browser', 'opened', 'browser', plain)
  await app.evaluate(
    async ({ BrowserWindow, shell }, texts) => {
      console.log(texts.said)
      // Past all that Node and the rig know of, as a library does.
      process.getBuiltinModule('node:fs').writeSync(2, texts.printed)
      // Of an earlier revision, so that the page passes it over.
      const view = { rev: 0, view: { deep: [new Map([['planted', texts.sent]])] } }
      BrowserWindow.getAllWindows()[0]?.webContents.send('drawbridge:view', view)
      await shell.openExternal(`https://example.com/?${texts.opened.replaceAll('\n', '&')}`)
    },
    { said: said.text, printed: printed.text, sent: sent.text, opened: opened.text },
  )
  await expect.poll(() => desk.output.join('')).toContain(printed.secret.value)
  await expect.poll(() => desk.browser.opened()).toHaveLength(1)
  return [said, printed, sent, opened]
}

/** In a child of main that waits until main ends. */
export async function plantInProcesses(app: ElectronApplication): Promise<readonly Plant[]> {
  const argument = plant('in an argument', 'argv', 'sh', withoutNul)
  const variable = plant('in the environment', 'environment', 'sh', withoutNul)
  await app.evaluate(
    (_electron, texts) => {
      const { spawn } = process.getBuiltinModule('node:child_process')
      spawn('sh', ['-c', 'read line', 'child', texts.argument], { env: { ...process.env, PLANTED: texts.variable } })
    },
    { argument: argument.text, variable: variable.text },
  )
  return [argument, variable]
}

export async function plantInPage(page: Page): Promise<readonly Plant[]> {
  const held = plant('in the heap', 'heap', 'app page', withoutNul)
  const shown = plant('in the text', 'dom', 'app page')
  const noted = plant('in an attribute', 'dom', 'app page', plain)
  const typed = plant('in a field', 'dom', 'app page')
  const plants = [held, shown, noted, typed]
  await page.evaluate(
    // Letter by letter, so that nothing is left behind but what is made of them here.
    (letters) => {
      const [inHeap = '', inText = '', inAttribute = '', inField = ''] = letters.map((text) => text.join(''))
      // Longer than what V8 keeps of a string in a snapshot by itself.
      Object.assign(globalThis, { held: { deep: [['x'.repeat(5_000), inHeap].join('')] } })
      const paragraph = document.createElement('p')
      paragraph.textContent = inText
      paragraph.title = inAttribute
      const field = document.createElement('textarea')
      field.value = inField
      document.body.append(paragraph, field)
    },
    plants.map(({ text }) => text.split('')),
  )
  // An element is called by its attributes in a heap snapshot.
  const calledSo = noted.hits.map((hit) => ({ ...hit, place: 'heap' as const }))
  return [held, shown, { ...noted, hits: [...noted.hits, ...calledSo] }, typed]
}
