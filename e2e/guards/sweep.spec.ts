// The sweep proves itself: it finds what is really planted, everywhere and in every coding, and finds nothing else.
import { randomBytes } from 'node:crypto'
import { code, email, find } from '../pages/screens.ts'
import { sweep } from '../rig/sweep.ts'
import type { Hit } from '../rig/sweep.ts'
import { createMatcher, isFoundByChance } from '../rig/sweep-matcher.ts'
import { drawn, plantInPage, plantInProcesses, plantOnDisk, plantOnTheWay, written } from '../rig/sweep-plants.ts'
import type { Plant } from '../rig/sweep-plants.ts'
import { expect, test } from '../rig/test.ts'

const sorted = (hits: readonly Hit[]): readonly Hit[] =>
  hits.toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)))
const hitsOf = (plants: readonly Plant[]): readonly Hit[] => sorted(plants.flatMap(({ hits }) => hits))

test(
  'SEC-1: the sweep finds a planted secret in each place, in each coding, and nothing where nothing is',
  { tag: '@guards' },
  async ({ desk }) => {
    const started = await desk.start()
    await find.shown(started.window)
    const clean = [drawn('nowhere'), { name: 'number', value: '492817' }]
    expect(await sweep(desk, clean, { except: [] })).toEqual([])

    const inRun = [...(await plantInProcesses(started.app)), ...(await plantInPage(started.window))]
    const staying = [...plantOnDisk(desk), ...(await plantOnTheWay(desk, started.app))]
    const secrets = [...inRun, ...staying].map(({ secret }) => secret)
    expect(sorted(await sweep(desk, [...clean, ...secrets], { except: [] }))).toEqual(hitsOf([...inRun, ...staying]))

    await desk.quit()
    expect(sorted(await sweep(desk, secrets, { except: [] })), 'what outlives the run').toEqual(hitsOf(staying))
  },
)

test(
  'SEC-1: what a person types is found on its real way through the app; an exception holds for one name in one place',
  { tag: '@guards' },
  async ({ desk }) => {
    const address = `${randomBytes(12).toString('hex')}@example.com`
    const { window } = await desk.start()
    await find.useFirst(window)
    await email.send(window, address)
    await code.shown(window)
    // The new page asks for the View, and gets it as an answer.
    await window.reload()
    await code.shown(window)
    const secrets = ['one', 'other'].map((name) => ({ name, value: address }))
    const placesOf = async (
      name: string,
      except: readonly { name: string; place: Hit['place'] }[] = [],
    ): Promise<string> => {
      const hits = await sweep(desk, secrets, { except })
      return [...new Set(hits.filter(({ secret }) => secret === name).map(({ place }) => place))].sort().join()
    }
    expect(await placesOf('one')).toBe('answer,dom,heap,profile,view')
    const except = [
      { name: 'one', place: 'view' },
      { name: 'one', place: 'profile', where: 'another.json' },
    ] as const
    expect(await placesOf('one', except)).toBe('answer,dom,heap,profile')
    expect(await placesOf('other', except)).toBe('answer,dom,heap,profile,view')
  },
)

test('SEC-1: every way to write a coding is known, wherever in a text the value begins', { tag: '@guards' }, () => {
  const value = 'ä/b+c?d~e "f" \\g>h 7'
  const look = createMatcher([{ name: 'secret', value }])
  const codingsIn = (text: string): readonly string[] => look({ bytes: Buffer.from(text) }).map(({ coding }) => coding)
  const bytes = Buffer.from(value)
  const url = encodeURIComponent(value)
  const form = new URLSearchParams({ value }).toString()
  const json = JSON.stringify(value)
  const ways: readonly (readonly [string, readonly string[]])[] = [
    ['raw', [value, `${value}${value}`, value.replaceAll(' ', '')]],
    ['url', [url, url.replaceAll(/%../gu, (code) => code.toLowerCase()), encodeURIComponent(url), form]],
    ['json', [json, JSON.stringify(json), json.replace('ä', '\\u00e4')]],
    ['base64', [0, 1, 2, 3].map((before) => Buffer.concat([Buffer.alloc(before, '>'), bytes]).toString('base64'))],
    ['base64', [0, 1, 2].map((before) => Buffer.concat([Buffer.alloc(before, '>'), bytes]).toString('base64url'))],
    ['hex', [bytes.toString('hex'), bytes.toString('hex').toUpperCase()]],
  ]
  for (const [coding, texts] of ways)
    for (const text of texts) expect(codingsIn(`a${text}z`), `${coding}: ${text}`).toEqual([coding])
  expect(look({ bytes: Buffer.from(`z${value}`, 'utf16le') })).toEqual([{ secret: 'secret', coding: 'utf16' }])
  expect(codingsIn(value.slice(1)), 'a part is not the whole').toEqual([])
})

test('SEC-1: six digits are found where they stand alone, and not within other numbers', { tag: '@guards' }, () => {
  const value = '492817'
  const look = createMatcher([{ name: 'code', value }])
  const codingsIn = (text: string): readonly string[] =>
    look({ bytes: Buffer.from(text, 'latin1') }).map(({ coding }) => coding)
  const { url, json, base64, hex, utf16 } = written(`"${value}"\n`)
  for (const text of [
    value,
    `code=${value}&`,
    `Your code is ${value}.`,
    `"${value}"`,
    `Z${value}`,
    url,
    json,
    `\\n${value}`,
  ])
    expect(codingsIn(text), text).toEqual(['raw'])
  for (const [coding, text] of Object.entries({ base64, hex, utf16 }))
    expect(codingsIn(`49281 ${text} 92817`), coding).toEqual([coding])
  const others = [`1${value}`, `${value}0`, `0.${value}`, `${value}.25`, `a1b${value}`, `${value}-`.replace('-', 'f3')]
  for (const text of [...others, `/062049.${value}:ERROR`, value.slice(1)])
    for (const form of [text, Buffer.from(text, 'utf16le').toString('latin1')])
      expect(codingsIn(form), text).toEqual([])

  expect(
    ['111111', '123456', '987654', '000003', '262144', '49281', 'hunter2', 'another'].filter(
      (text) => !isFoundByChance(text),
    ),
  ).toEqual([])
  expect([value, 'correct horse', 'abcd-1234'].filter(isFoundByChance)).toEqual([])
  expect(() => createMatcher([{ name: 'word', value: 'password' }])).toThrow(
    'the value of word would be found by chance',
  )
})
