import { en } from '#messages/en'
import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { aboutBox, menuTemplate, readVersions } from './menu.ts'
import type { MenuParts } from './menu.ts'

const usual: MenuParts = {
  words: en.native.menu,
  isMac: false,
  isPackaged: true,
  onAbout: () => undefined,
  onPage: () => undefined,
}

function all(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])])
}
const rolesOf = (parts: Partial<MenuParts>) => all(menuTemplate({ ...usual, ...parts })).map(({ role }) => role)

test('menu: reload and developer tools are there in development only', () => {
  const development = ['reload', 'forceReload', 'toggleDevTools']
  expect(rolesOf({}).filter((role) => development.includes(role ?? ''))).toEqual([])
  expect(rolesOf({ isMac: true }).filter((role) => development.includes(role ?? ''))).toEqual([])
  expect(rolesOf({ isPackaged: false })).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']))
})

test.each([true, false])('menu: quit, about and editing are there once (mac: %s)', (isMac) => {
  const items = all(menuTemplate({ ...usual, isMac }))
  for (const role of ['quit', 'copy', 'paste', 'selectAll', 'minimize', 'close', 'zoomIn'] as const) {
    expect(
      items.filter((item) => item.role === role),
      role,
    ).toHaveLength(1)
  }
  expect(items.filter(({ id }) => id === 'about')).toHaveLength(1)
  for (const item of items)
    expect(item.type === 'separator' || item.label !== undefined, JSON.stringify(item)).toBe(true)
})

test('menu: the help pages are those of the list', () => {
  const asked: string[] = []
  const items = all(menuTemplate({ ...usual, onPage: (page) => asked.push(page) }))
  for (const id of ['help', 'download', 'terms', 'privacy']) {
    const click = items.find((item) => item.id === id)?.click as (() => void) | undefined
    click?.()
  }
  expect(asked).toEqual(['help', 'download', 'terms', 'privacy'])
})

test('menu: the About box names the versions, keytar included', () => {
  const { detail } = aboutBox(en.native.about, readVersions('1.2.3'))
  expect(detail).toContain('Version 1.2.3')
  expect(detail).toMatch(/keytar \d+\.\d+/)
  expect(detail).toContain(`Node ${process.versions.node}`)
})
