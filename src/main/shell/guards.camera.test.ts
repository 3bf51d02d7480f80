import { afterEach, describe, expect, test } from 'vitest'
import { fakeLog, settle } from '../testing/fakes.ts'
import { isCameraAlone } from './camera.ts'
import { guardSession, registerRule } from './guards.ts'
import { answers, fakeSession, permissions } from './testing/fake-session.ts'

const appPage = {}
let isScanning = false
registerRule(appPage, {
  mayUse: (permission, asked) =>
    permission === 'clipboard-sanitized-write' || (permission === 'media' && isCameraAlone(asked) && isScanning),
})
afterEach(() => {
  isScanning = false
})

test('WIN-4: the camera is given while the scanner is open, to the app window alone', () => {
  for (const mediaTypes of [['video'], ['audio'], ['video', 'audio']])
    expect(answers(appPage, 'media', mediaTypes), String(mediaTypes)).toEqual([false, false, false])
  isScanning = true
  expect(answers(appPage, 'media', ['video'])).toEqual([true, true, false])
  expect(answers({}, 'media', ['video'])).toEqual([false, false, false])
  expect(answers(null, 'media', ['video'])).toEqual([false, false, false])
  isScanning = false
  expect(answers(appPage, 'media', ['video'])).toEqual([false, false, false])
})

test.each([[['audio']], [['audio', 'video']], [['video', 'audio']], [['unknown']], [[]], [undefined]])(
  'WIN-4: the microphone never is, whatever is asked for along with it: %j',
  (mediaTypes) => {
    isScanning = true
    const [isGiven] = answers(appPage, 'media', mediaTypes)
    expect(isGiven).toBe(false)
  },
)

test.each(permissions.filter((permission) => permission !== 'media'))(
  'WIN-4: %s, for the app window while the scanner is open',
  (permission) => {
    isScanning = true
    expect(answers(appPage, permission)).toEqual([false, false, false])
    expect(answers(appPage, permission, ['video'])).toEqual([false, false, false])
  },
)

describe('where the system has to be asked', () => {
  async function answer(system: Promise<boolean>, isClosedMeanwhile = false): Promise<boolean[]> {
    const contents = {}
    let isOpen = true
    const asked: string[] = []
    registerRule(contents, {
      mayUse: (permission) => permission === 'media' && isOpen,
      askSystem: (permission) => {
        asked.push(permission)
        return system
      },
    })
    const { session, handlers } = fakeSession()
    guardSession(session, fakeLog())
    const given: boolean[] = []
    const details = { mediaTypes: ['video'] }
    handlers.request?.(contents, 'geolocation', (isAllowed) => given.push(isAllowed), details)
    expect([given, asked], 'what the rule forbids is nothing to ask for').toEqual([[false], []])
    handlers.request?.(contents, 'media', (isAllowed) => given.push(isAllowed), details)
    expect(given).toHaveLength(1)
    if (isClosedMeanwhile) isOpen = false
    await settle()
    expect(asked).toEqual(['media'])
    return given.slice(1)
  }

  test('WIN-4: its answer counts', async () => {
    expect(await answer(Promise.resolve(true))).toEqual([true])
    expect(await answer(Promise.resolve(false))).toEqual([false])
    expect(await answer(Promise.reject(new Error('no such thing')))).toEqual([false])
  })

  test('WIN-4: a scanner that was closed meanwhile gets nothing', async () => {
    expect(await answer(Promise.resolve(true), true)).toEqual([false])
  })
})
