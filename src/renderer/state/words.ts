import { en } from '#messages/en'
import type { Messages } from '#messages/en'

/** The catalogue in use. */
export const words: Messages = en
