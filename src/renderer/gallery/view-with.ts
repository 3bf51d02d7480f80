// A View round a screen: what the fixed Views of every chapter are made with.
import type { Problem } from '#contract/problem'
import type { Chapter, ChapterName, Screen, View } from '#contract/view'

const chapterNames: readonly ChapterName[] = ['find', 'sign-in', 'secure', 'connect']

const chapterOf: Readonly<Record<Screen['name'], ChapterName>> = {
  starting: 'find',
  find: 'find',
  unreachable: 'find',
  email: 'sign-in',
  code: 'sign-in',
  register: 'sign-in',
  authorise: 'sign-in',
  keychain: 'sign-in',
  preparing: 'secure',
  verify: 'secure',
  verification: 'secure',
  'recovery-key': 'secure',
  unlock: 'secure',
  secrets: 'secure',
  'first-sync': 'secure',
  connect: 'connect',
  connection: 'connect',
  home: 'connect',
  settings: 'connect',
}

function chapters(screen: Screen): readonly Chapter[] {
  if (screen.name === 'home' || screen.name === 'settings') return []
  const current = chapterNames.indexOf(chapterOf[screen.name])
  const isSyncing = screen.name === 'connect' && screen.isSyncing
  return chapterNames.map((name, index) => {
    if (index === current) return { name, status: 'current' }
    if (index > current) return { name, status: 'ahead' }
    return { name, status: name === 'secure' && isSyncing ? 'background' : 'done' }
  })
}

/** A View round a screen. @param screen what is shown @param more what differs from the ordinary */
export const viewWith = (screen: Screen, more: Partial<View> = {}): View => ({
  chapters: chapters(screen),
  screen,
  beeper:
    screen.name === 'find'
      ? undefined
      : { origin: 'http://127.0.0.1:23373', name: 'Beeper Desktop', version: '4.2.311', isRemote: false },
  isDemo: false,
  isOffline: false,
  appVersion: '0.1.0',
  requests: [],
  encryption: undefined,
  running: [],
  language: 'en',
  system: 'linux',
  ...more,
})

/** A problem that can be tried again at once. @param code which @param more what differs from that */
export const problemOf = (code: Problem['code'], more: Partial<Problem> = {}): Problem => ({
  code,
  retry: 'now',
  ...more,
})
