import { describe, expect, test } from 'vitest'
import { good, refused, rig } from '../testing/serve-rig.ts'
import type { Asked } from './serve.ts'

describe('IPC-1: only the page of the app window is heard', () => {
  const gone = {
    get origin(): string {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    },
    parent: null,
  }
  test.each<[string, Asked]>([
    ['no frame', { sender: { id: 7 }, senderFrame: null }],
    ['a frame that is gone', { sender: { id: 7 }, senderFrame: gone }],
    ['another window', { sender: { id: 8 }, senderFrame: { origin: 'app://ui', parent: null } }],
    ['a frame within the page', { sender: { id: 7 }, senderFrame: { origin: 'app://ui', parent: {} } }],
    ...[
      'https://evil.example',
      'app://other',
      'app://ui.evil',
      'app://ui:80',
      'APP://UI',
      'null',
      '',
      'file://',
      'http://localhost:5173',
      'app://ui/',
    ].map((origin): [string, Asked] => [
      `origin "${origin}"`,
      { sender: { id: 7 }, senderFrame: { origin, parent: null } },
    ]),
  ])('IPC-1: %s is refused', async (_name, event) => {
    const { call, seen } = rig()
    expect(await call(event, 'app.view', undefined)).toMatchObject(refused)
    expect(seen).toEqual([])
  })

  test('IPC-1: without an app window everybody is refused', async () => {
    const { call, closeWindow } = rig()
    expect(await call(good, 'app.view', undefined)).toMatchObject({ ok: true })
    closeWindow()
    expect(await call(good, 'app.view', undefined)).toMatchObject(refused)
  })
})
