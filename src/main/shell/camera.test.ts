import { expect, test } from 'vitest'
import { askForCamera, isCameraAlone } from './camera.ts'

test.each([
  [['video'], true],
  [['audio'], false],
  [['audio', 'video'], false],
  [['video', 'audio'], false],
  [['video', 'video'], false],
  [['unknown'], false],
  [[], false],
])('WIN-4: of requests the camera alone is one: %j', (mediaTypes, isCamera) => {
  expect(isCameraAlone({ isRequest: true, mediaTypes })).toBe(isCamera)
})

test.each([
  [['video'], true],
  [[], true],
  [['audio'], false],
  [['unknown'], false],
])('WIN-4: of checks also the one that says nothing: %j', (mediaTypes, isCamera) => {
  expect(isCameraAlone({ isRequest: false, mediaTypes })).toBe(isCamera)
})

test('WIN-4: the system is asked on macOS, where it wants to be', async () => {
  const asked: string[] = []
  const preferences = {
    askForMediaAccess: (type: string) => {
      asked.push(type)
      return Promise.resolve(false)
    },
  }
  expect(askForCamera(preferences, 'linux')).toBeUndefined()
  expect(askForCamera(preferences, 'win32')).toBeUndefined()
  expect(await askForCamera(preferences, 'darwin')).toBe(false)
  expect(asked).toEqual(['camera'])
})
