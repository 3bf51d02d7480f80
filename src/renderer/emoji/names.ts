// The names of the emoji in the languages of the specification.
import { names } from './gen/names.ts'

export interface EmojiNames {
  /** For the `lang` of what is shown, BCP 47. */
  readonly language: string
  /** In the order of the emoji; empty where the language has no name yet. */
  readonly names: readonly string[]
}

/** Norwegian is written in two ways, and the specification knows the one that all read. */
const writtenAs: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb' }

/** The keys under which the specification may have a language, best first: `pt_BR`, `zh_Hant`, `de`. */
function keysOf(language: string): readonly string[] {
  try {
    const given = new Intl.Locale(language)
    const {
      language: spoken,
      region,
      script,
    } = new Intl.Locale(
      writtenAs[given.language] ?? given.language,
      given.region === undefined ? {} : { region: given.region },
    ).maximize()
    const wished = given.script ?? script
    return [
      ...(given.region === undefined ? [spoken] : []),
      `${spoken}_${region ?? ''}`,
      `${spoken}_${wished ?? ''}`,
      spoken,
    ]
  } catch {
    // Not a language tag: the names stay English.
    return []
  }
}

/**
 * The names in a person's language.
 * @param language BCP 47, such as `pt-BR`
 * @returns nothing where the specification does not have that language, or where it is English
 */
export function namesIn(language: string): EmojiNames | undefined {
  const key = keysOf(language).find((one) => names[one] !== undefined)
  return key === undefined ? undefined : { language: key.replace('_', '-'), names: names[key] ?? [] }
}
