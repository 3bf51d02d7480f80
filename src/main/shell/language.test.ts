import { expect, test } from 'vitest'
import { preferredLanguage } from './language.ts'

test.each([
  [['de-DE', 'de', 'en'], 'en-US', 'de-DE'],
  [['pt_BR.UTF-8', 'pt'], 'en-US', 'pt-BR'],
  [['ca_ES@valencia'], 'en-US', 'ca-ES'],
  [['zh-hans-cn'], 'en-US', 'zh-Hans-CN'],
  [['C', 'POSIX'], 'fr', 'fr'],
  [['', 'not a tag', 'x'.repeat(1000)], 'fr', 'fr'],
  [[], 'es-419', 'es-419'],
  [[], '', 'en'],
  [['C'], '?', 'en'],
])('the language of %j with %j is %s', (system, locale, language) => {
  expect(preferredLanguage({ getPreferredSystemLanguages: () => system, getLocale: () => locale })).toBe(language)
})
