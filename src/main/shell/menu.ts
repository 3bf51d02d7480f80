// The application menu and the About box. Made of Electron's roles, which bring the right keys on each system.
import type { Messages } from '#messages/en'
import type { MenuItemConstructorOptions } from 'electron'
import { createRequire } from 'node:module'

type Words = Messages['native']

export interface MenuParts {
  readonly words: Words['menu']
  readonly isMac: boolean
  /** Reload and developer tools are for development only. */
  readonly isPackaged: boolean
  readonly onAbout: () => void
  readonly onPage: (page: 'help' | 'privacy' | 'terms' | 'download') => void
}

/**
 * The menu as a template for `Menu.buildFromTemplate`.
 * @param parts words, system, and what the items do
 */
export function menuTemplate(parts: MenuParts): MenuItemConstructorOptions[] {
  const { words, isMac } = parts
  return [
    isMac ? appMenu(parts) : { label: words.file, submenu: [{ role: 'quit', label: words.quit }] },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        separator,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    { label: words.view, submenu: viewItems(parts) },
    { role: 'windowMenu', label: words.window, submenu: windowItems(parts) },
    { role: 'help', label: words.help, submenu: helpItems(parts) },
  ]
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

function aboutItem({ words, onAbout }: MenuParts): MenuItemConstructorOptions {
  return { id: 'about', label: words.about, click: onAbout }
}

/** The menu that macOS names after the app. */
function appMenu(parts: MenuParts): MenuItemConstructorOptions {
  const { words } = parts
  return {
    role: 'appMenu',
    label: words.app,
    submenu: [
      aboutItem(parts),
      separator,
      { role: 'services', label: words.services },
      separator,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      separator,
      { role: 'quit', label: words.quit },
    ],
  }
}

function viewItems({ words, isPackaged }: MenuParts): MenuItemConstructorOptions[] {
  const development: MenuItemConstructorOptions[] = [
    { role: 'reload', label: words.reload },
    { role: 'toggleDevTools', label: words.developerTools },
    separator,
  ]
  return [
    ...(isPackaged ? [] : development),
    { role: 'resetZoom', label: words.actualSize },
    { role: 'zoomIn', label: words.zoomIn },
    { role: 'zoomOut', label: words.zoomOut },
    separator,
    { role: 'togglefullscreen', label: words.fullScreen },
  ]
}

function windowItems({ words, isMac }: MenuParts): MenuItemConstructorOptions[] {
  const minimize: MenuItemConstructorOptions = { role: 'minimize', label: words.minimize }
  const close: MenuItemConstructorOptions = { role: 'close', label: words.closeWindow }
  if (!isMac) return [minimize, close]
  return [minimize, { role: 'zoom', label: words.zoom }, close, separator, { role: 'front', label: words.front }]
}

function helpItems(parts: MenuParts): MenuItemConstructorOptions[] {
  const { words, isMac, onPage } = parts
  const page = (id: 'help' | 'privacy' | 'terms' | 'download', label: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => {
      onPage(id)
    },
  })
  return [
    page('help', words.beeperHelp),
    page('download', words.getBeeper),
    page('terms', words.terms),
    page('privacy', words.privacy),
    ...(isMac ? [] : [separator, aboutItem(parts)]),
  ]
}

export interface Versions {
  readonly app: string
  readonly electron: string
  readonly chromium: string
  readonly node: string
  readonly keytar: string
}

/**
 * The versions that the About box shows and support asks for.
 * @param appVersion Electron's `app.getVersion()`
 */
export function readVersions(appVersion: string): Versions {
  const { electron, chrome, node } = process.versions
  return { app: appVersion, electron, chromium: chrome, node, keytar: keytarVersion() }
}

function keytarVersion(): string {
  try {
    // The package's description alone: loading the library belongs in the vault process.
    const description: unknown = createRequire(import.meta.url)('keytar/package.json')
    return typeof description === 'object' && description !== null && 'version' in description
      ? String(description.version)
      : '?'
  } catch {
    return '?'
  }
}

/**
 * The About box, as options for `dialog.showMessageBox`.
 * @param words what it says
 * @param versions what {@link readVersions} answers
 */
export function aboutBox(
  words: Words['about'],
  versions: Versions,
): { type: 'info'; title: string; message: string; detail: string } {
  const { app, electron, chromium, node, keytar } = versions
  const lines = [
    words.text,
    '',
    words.version(app),
    `Electron ${electron}`,
    `Chromium ${chromium}`,
    `Node ${node}`,
    `keytar ${keytar}`,
    '',
    words.credits,
  ]
  return { type: 'info', title: words.title, message: 'Drawbridge', detail: lines.join('\n') }
}
