import { expect, test } from 'vitest'
import { marks } from './gen/marks.ts'
import { markOf } from './marks.ts'

const pathOf = (name: string): string | undefined => marks.find(([one]) => one === name)?.[3]

test.each([
  ['whatsapp', 'whatsapp'],
  ['whatsappgo', 'whatsapp'],
  ['local-whatsapp', 'whatsapp'],
  ['local-instagramgo', 'instagram'],
  ['sh-signal', 'signal'],
  ['slackgo-ba', 'slack'],
  ['SlackGo', 'slack'],
  ['facebookgo', 'messenger'],
  ['messenger', 'messenger'],
  ['gmessages', 'googlemessages'],
  ['gchat', 'googlechat'],
  ['twitter', 'x'],
  ['imessagecloud', 'imessage'],
  ['discordgo', 'discord'],
])('a bridge of type %s has the mark of %s', (type, name) => {
  expect(pathOf(name)).toBeDefined()
  expect(markOf(type)?.path).toBe(pathOf(name))
})

test.each(['linkedin', 'irc', 'googlevoice', 'constructor', '__proto__', 'go', '', 'local-', 'whatsapps'])(
  'a bridge of type %j has none',
  (type) => {
    expect(markOf(type)).toBeUndefined()
  },
)

const luminanceOf = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each(marks.map(([name, colour, isBright]) => [name, colour, isBright] as const))(
  'the mark of %s stands out from its tile',
  (_, colour, isBright) => {
    const tile = luminanceOf(colour) + 0.05
    const contrast = isBright ? tile / (luminanceOf('#14242b') + 0.05) : 1.05 / tile
    expect(contrast).toBeGreaterThanOrEqual(3)
  },
)
