// The marks of chat networks, as their people know them, found by what the bridge calls itself.
import { marks } from './gen/marks.ts'

export interface Mark {
  /** Of the tile that it is drawn on. */
  readonly colour: string
  /** Bright tiles have a dark mark, all others a white one. */
  readonly isBright: boolean
  /** For a box of 24 by 24. */
  readonly path: string
}

// Maps, because an object also answers to names such as `constructor`.
const known: ReadonlyMap<string, Mark> = new Map(
  marks.map(([name, colour, isBright, path]) => [name, { colour, isBright, path }]),
)

/** What bridges call a network that its people call otherwise. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['facebook', 'messenger'],
  ['gchat', 'googlechat'],
  ['gmessages', 'googlemessages'],
  ['hangouts', 'googlechat'],
  ['imessagecloud', 'imessage'],
  ['kakao', 'kakaotalk'],
  ['twitter', 'x'],
  ['weixin', 'wechat'],
])

const markNamed = (name: string): Mark | undefined => known.get(otherNames.get(name) ?? name)

/**
 * The mark of a network.
 * @param type of its bridge, such as `whatsapp`, `instagramgo` or `local-signal`: where it runs and what it is written in are
 * left out (contract/bridge-flows.yaml, the `bridge` of each network)
 * @returns nothing where there is none; a letter is drawn then
 */
export function markOf(type: string): Mark | undefined {
  const name = type.toLowerCase().replace(/^(?:local|hosted|sh)-|-ba$/gu, '')
  return markNamed(name) ?? markNamed(name.replace(/go$/u, ''))
}
