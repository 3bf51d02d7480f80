import type { WindowPlace } from '../ports.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const usualSize = { width: 960, height: 680 } as const
export const leastSize = { width: 480, height: 560 } as const

/** So much of the window must be on a display for a person to take hold of it. */
const grip = 100

/**
 * Where the window opens: where it was, if enough of that is on a display that is still there, else in the middle (no
 * `x` and `y`). Never larger than the display.
 * @param saved where it was, if it ever was
 * @param workAreas the displays without their bars; the first one is the main one
 */
export function placeWindow(
  saved: WindowPlace | undefined,
  workAreas: readonly Rectangle[],
): { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number } {
  const { x, y } = saved ?? {}
  const wanted = {
    width: Math.max(leastSize.width, saved?.width ?? usualSize.width),
    height: Math.max(leastSize.height, saved?.height ?? usualSize.height),
  }
  const home =
    x === undefined || y === undefined ? undefined : workAreas.find((area) => isReachable({ x, y, ...wanted }, area))
  const area = home ?? workAreas[0]
  const width = clamp(wanted.width, leastSize.width, area?.width ?? usualSize.width)
  const height = clamp(wanted.height, leastSize.height, area?.height ?? usualSize.height)
  if (home === undefined || x === undefined || y === undefined) return { width, height }
  return {
    x: clamp(x, home.x, home.x + home.width - width),
    y: clamp(y, home.y, home.y + home.height - height),
    width,
    height,
  }
}

/** Enough of the title bar shows. */
function isReachable(window: Rectangle, area: Rectangle): boolean {
  const shown = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return shown >= grip && window.y >= area.y - grip && window.y <= area.y + area.height - grip
}

/** On a display that is smaller than the least size, the least size wins and the person scrolls. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
