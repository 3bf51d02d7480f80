// The language of the person, for names that come in more languages than our words.

/** The part of Electron's app that is needed here. */
export interface Languages {
  getPreferredSystemLanguages(): string[]
  getLocale(): string
}

/**
 * The language that the person prefers, as a BCP 47 tag: the first of the system's list, else Chromium's, else English. What is no
 * tag is passed over, such as the `C` that Linux has where no language was set.
 * @param app Electron's app, ready
 */
export function preferredLanguage(app: Languages): string {
  for (const text of [...app.getPreferredSystemLanguages(), app.getLocale()]) {
    const tag = tagOf(text)
    if (tag !== undefined) return tag
  }
  return 'en'
}

function tagOf(text: string): string | undefined {
  // Linux: `pt_BR.UTF-8`, `ca_ES@valencia`.
  const bare = text.replace(/[.@].*$/, '').replaceAll('_', '-')
  if (/^(?:c|posix)$/i.test(bare)) return undefined
  try {
    return Intl.getCanonicalLocales(bare)[0]
  } catch {
    // Not a tag, and that is all there is to know.
    return undefined
  }
}
