import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeLog } from '../testing/fakes.ts'
import { createNotificationServer } from './notification-server.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'notification-server-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A program that notes how it was called. */
function program(name: string, exitCode: number): void {
  const path = join(folder, name)
  const note = `echo "${name} $DBUS_SESSION_BUS_ADDRESS $*" >> ${join(folder, 'calls')}`
  writeFileSync(path, `#!/bin/sh\n${note}\nexit ${exitCode}\n`)
  chmodSync(path, 0o700)
}
const calls = (): readonly string[] => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')

const bus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus' }
function rig(env: Readonly<Record<string, string>> = bus, platform: NodeJS.Platform = 'linux') {
  const log = fakeLog()
  return { log, server: createNotificationServer({ platform, env: { PATH: folder, ...env }, log }) }
}

describe('main never waits for a notification server', () => {
  test.each(['darwin', 'win32'] as const)('on %s there is always one, and nothing is run', async (platform) => {
    const { server } = rig({}, platform)
    expect(await server.isReady()).toBe(true)
    expect(await server.isRunning()).toBe(true)
  })

  test('to show one, the bus is asked to start the server; to close one, whether it runs', async () => {
    program('dbus-send', 0)
    const { server } = rig()
    expect(await server.isReady()).toBe(true)
    expect(await server.isRunning()).toBe(true)
    const [ready, running] = calls()
    expect(ready).toMatch(/^dbus-send unix:path=\/run\/bus .*StartServiceByName string:org.freedesktop.Notifications /)
    expect(running).toMatch(/GetNameOwner string:org.freedesktop.Notifications$/)
  })

  test('where the bus says no, there is none', async () => {
    program('dbus-send', 1)
    program('gdbus', 0)
    const { server } = rig()
    expect(await server.isReady()).toBe(false)
    expect(await server.isRunning()).toBe(false)
  })

  test('without the first program the second is asked', async () => {
    program('gdbus', 0)
    const { server, log } = rig()
    expect(await server.isReady()).toBe(true)
    expect(await server.isRunning()).toBe(true)
    expect(calls()[0]).toMatch(/^gdbus unix:path=\/run\/bus call .*StartServiceByName org.freedesktop.Notifications 0$/)
    expect(log.lines).toEqual([])
  })

  test('without either there is none, and the log says so once', async () => {
    const { server, log } = rig()
    expect(await server.isReady()).toBe(false)
    expect(await server.isRunning()).toBe(false)
    expect(log.lines.map(({ event }) => event)).toEqual(['notification.not-asked'])
  })

  test('the bus of the session is the one of its folder, and without one nothing is run that would start one', async () => {
    program('dbus-send', 0)
    expect(await rig({}).server.isReady()).toBe(false)
    expect(await rig({ XDG_RUNTIME_DIR: '/run/user/1' }).server.isReady()).toBe(true)
    expect(calls()).toHaveLength(1)
    expect(calls()[0]).toMatch(/^dbus-send unix:path=\/run\/user\/1\/bus /)
  })
})
