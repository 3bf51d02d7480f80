import { expect, test } from 'vitest'
import { placeWindow } from './bounds.ts'

const main = { x: 0, y: 25, width: 1280, height: 775 }
const left = { x: -1920, y: 0, width: 1920, height: 1080 }
const saved = { x: 100, y: 100, width: 800, height: 600, isMaximized: false }

test.each([
  ['the first time', undefined, [main], { width: 960, height: 680 }],
  ['where it was', saved, [main], { x: 100, y: 100, width: 800, height: 600 }],
  ['on the other display', { ...saved, x: -1500 }, [main, left], { x: -1500, y: 100, width: 800, height: 600 }],
  ['after that display is gone', { ...saved, x: -1500 }, [main], { width: 800, height: 600 }],
  ['half outside, it moves in', { ...saved, x: 1000, y: 500 }, [main], { x: 480, y: 200, width: 800, height: 600 }],
  [
    'too large for the display',
    { ...saved, width: 5000, height: 5000 },
    [main],
    { x: 0, y: 25, width: 1280, height: 775 },
  ],
  ['too small', { ...saved, width: 10, height: 10 }, [main], { x: 100, y: 100, width: 480, height: 560 }],
  ['above the display', { ...saved, y: -5000 }, [main], { width: 800, height: 600 }],
  ['without a position', { width: 700, height: 600, isMaximized: true }, [main], { width: 700, height: 600 }],
  ['without any display', saved, [], { width: 800, height: 600 }],
  ['on a tiny display', undefined, [{ x: 0, y: 0, width: 320, height: 240 }], { width: 480, height: 560 }],
])('window: %s', (_name, place, areas, bounds) => {
  expect(placeWindow(place, areas)).toEqual(bounds)
})
