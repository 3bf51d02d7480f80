// The 64 emoji of short authentication strings with their English names, in the order of the Matrix specification
// (client-server API, "SAS method: emoji"). The order is the numbering, so it must not change.
const list =
  '🐶 Dog,🐱 Cat,🦁 Lion,🐎 Horse,🦄 Unicorn,🐷 Pig,🐘 Elephant,🐰 Rabbit,🐼 Panda,🐓 Rooster,🐧 Penguin,🐢 Turtle,🐟 Fish,' +
  '🐙 Octopus,🦋 Butterfly,🌷 Flower,🌳 Tree,🌵 Cactus,🍄 Mushroom,🌏 Globe,🌙 Moon,☁️ Cloud,🔥 Fire,🍌 Banana,🍎 Apple,' +
  '🍓 Strawberry,🌽 Corn,🍕 Pizza,🎂 Cake,❤️ Heart,😀 Smiley,🤖 Robot,🎩 Hat,👓 Glasses,🔧 Spanner,🎅 Santa,👍 Thumbs Up,' +
  '☂️ Umbrella,⌛ Hourglass,⏰ Clock,🎁 Gift,💡 Light Bulb,📕 Book,✏️ Pencil,📎 Paperclip,✂️ Scissors,🔒 Lock,🔑 Key,' +
  '🔨 Hammer,☎️ Telephone,🏁 Flag,🚂 Train,🚲 Bicycle,✈️ Aeroplane,🚀 Rocket,🏆 Trophy,⚽ Ball,🎸 Guitar,🎺 Trumpet,' +
  '🔔 Bell,⚓ Anchor,🎧 Headphones,📁 Folder,📌 Pin'

export interface SasEmoji {
  readonly emoji: string
  readonly name: string
}

export const sasEmoji: readonly SasEmoji[] = list.split(',').map((entry) => {
  const gap = entry.indexOf(' ')
  return { emoji: entry.slice(0, gap), name: entry.slice(gap + 1) }
})

/** Another one, the same each time: what the far end shows when somebody sits in between. */
export function otherEmoji(one: SasEmoji): SasEmoji {
  return sasEmoji[(sasEmoji.indexOf(one) + 23) % sasEmoji.length] ?? one
}
