import { en } from '#messages/en'
import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { fakeLog, settle } from '../testing/fakes.ts'
import { createNotifier } from './notifications.ts'
import type { NotifierParts } from './notifications.ts'

const phone = { userID: '@ada:beeper.com', deviceID: 'PHONE1', deviceName: 'Ada’s phone', isOwn: true }
const stranger = { userID: '@sam:example.org', deviceID: 'PIXEL9', deviceName: 'Pixel', isOwn: false }

function rig(parts: Partial<NotifierParts> = {}) {
  const log = fakeLog()
  const did: string[] = []
  const shown: { readonly title: string; readonly body: string }[] = []
  const all: EventEmitter[] = []
  const server = { isServed: true, isStill: true }
  const notifier = createNotifier({
    isSupported: () => true,
    create: (options) => {
      shown.push(options)
      const notification = Object.assign(new EventEmitter(), {
        show: () => void did.push('show'),
        close: () => void did.push('close'),
      })
      all.push(notification)
      return notification
    },
    server: {
      isReady: () => Promise.resolve(server.isServed),
      isRunning: () => Promise.resolve(server.isStill),
    },
    isMarkup: false,
    showWindow: () => void did.push('window'),
    words: en.native.notification,
    log,
    ...parts,
  })
  return { notifier, log, did, shown, all, server, onClick: () => void did.push('clicked') }
}

test('it names device and user, and a stranger’s looks different from one’s own', async () => {
  const { notifier, shown, onClick } = rig()
  notifier.verificationAsked(phone, onClick)
  notifier.verificationAsked(stranger, onClick)
  await settle()
  expect(shown.map(({ title }) => title)).toEqual([
    en.native.notification.verification.own.title,
    en.native.notification.verification.other.title,
  ])
  for (const [index, { deviceName, userID }] of [phone, stranger].entries()) {
    expect(shown[index]?.body).toContain(deviceName)
    expect(shown[index]?.body).toContain(userID)
  }
})

test('what the server does not say is said in our words', async () => {
  const { notifier, shown, onClick } = rig()
  const nothing = { userID: '', deviceID: '', deviceName: '' }
  notifier.verificationAsked({ ...phone, deviceName: ' ' }, onClick)
  notifier.verificationAsked({ ...nothing, isOwn: true }, onClick)
  notifier.verificationAsked({ ...nothing, isOwn: false }, onClick)
  await settle()
  const { own, other } = en.native.notification.verification
  expect(shown.map(({ body }) => body)).toEqual([
    own.text('PHONE1', phone.userID),
    own.text('', ''),
    other.text('', ''),
  ])
})

test('a click brings the window up first; once the request is gone it does no more than that', async () => {
  const { notifier, did, all, onClick } = rig()
  const close = notifier.verificationAsked(phone, onClick)
  await settle()
  all[0]?.emit('click')
  expect(did).toEqual(['show', 'window', 'clicked'])
  close()
  await settle()
  all[0]?.emit('click')
  expect(did.slice(3)).toEqual(['close', 'window'])
})

test('it is closed once, and not shown at all when it was taken away before', async () => {
  const { notifier, did, onClick } = rig()
  const close = notifier.verificationAsked(phone, onClick)
  await settle()
  close()
  close()
  await settle()
  await notifier.closeAll()
  expect(did).toEqual(['show', 'close'])
  notifier.verificationAsked(phone, onClick)()
  await settle()
  expect(did).toEqual(['show', 'close'])
})

test('at quit all are taken away', async () => {
  const { notifier, did, onClick } = rig()
  notifier.verificationAsked(phone, onClick)
  notifier.verificationAsked(stranger, onClick)
  await settle()
  await notifier.closeAll()
  expect(did).toEqual(['show', 'show', 'close', 'close'])
})

test('quitting waits for those that are being taken away, and none is shown afterwards', async () => {
  const { notifier, did, onClick } = rig()
  const close = notifier.verificationAsked(phone, onClick)
  await settle()
  close()
  notifier.verificationAsked(stranger, onClick)
  await notifier.closeAll()
  await settle()
  expect(did).toEqual(['show', 'close'])
})

test('where there are no notifications nothing is shown, nothing throws, and the log says so once', async () => {
  const { notifier, did, log, onClick } = rig({ isSupported: () => false })
  notifier.verificationAsked(phone, onClick)()
  notifier.verificationAsked(stranger, onClick)()
  await notifier.closeAll()
  expect(did).toEqual([])
  expect(log.lines.map(({ event }) => event)).toEqual(['notification.unsupported'])
})

test('without a server on the bus Electron is not called, because it would wait; nor to close what went with the server', async () => {
  const { notifier, did, shown, server, log, onClick } = rig()
  server.isServed = false
  notifier.verificationAsked(phone, onClick)()
  notifier.verificationAsked(stranger, onClick)
  await settle()
  expect(shown).toEqual([])
  expect(log.lines.map(({ event }) => event)).toEqual(['notification.no-server'])
  server.isServed = true
  const close = notifier.verificationAsked(phone, onClick)
  await settle()
  server.isStill = false
  close()
  await settle()
  expect(did).toEqual(['show'])
})

test('what fails is logged and goes no further', async () => {
  const thrower = rig({
    create: () => {
      throw new Error('no bus')
    },
  })
  thrower.notifier.verificationAsked(phone, thrower.onClick)
  await settle()
  expect(thrower.log.lines.map(({ event }) => event)).toEqual(['notification.threw'])
  const refused = rig()
  refused.notifier.verificationAsked(phone, refused.onClick)
  await settle()
  refused.all[0]?.emit('failed', {}, 'Ada’s phone is not allowed')
  refused.all[0]?.emit('failed', {}, 'again')
  expect(refused.log.lines).toEqual([{ level: 'warn', event: 'notification.failed', facts: undefined }])
})

/** Signs that end lines, turn the direction of text, or are none. */
const unruly = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/u

test.each([
  'two\nlines\r\n\u2028and\u2029more',
  'NUL\0 and bell\u0007',
  '\u202eenohp s’adA\u202c',
  'out\u2069 of its\u2066 box\u2069',
  'عادة\u200f',
  '\t',
])('WIN-6: a name stays a name: %j', async (name) => {
  const { notifier, shown, onClick } = rig()
  notifier.verificationAsked({ ...stranger, deviceName: name, userID: name }, onClick)
  await settle()
  const body = shown[0]?.body ?? ''
  expect(body).not.toMatch(unruly)
  expect(body.replaceAll(/[^\u2068\u2069]/g, '')).toMatch(/^(?:\u2068\u2069)*$/)
  expect(body).toContain('This is not your account.')
})

test('WIN-6: a long name is cut at a sign and leaves room for our words', async () => {
  const { notifier, shown, onClick } = rig()
  notifier.verificationAsked({ ...phone, deviceName: '🦊'.repeat(50_000), userID: 'x'.repeat(50_000) }, onClick)
  await settle()
  const body = shown[0]?.body ?? ''
  expect(body.length).toBeLessThan(300)
  expect(body).toContain(`${'🦊'.repeat(47)}…`)
  expect(body).toContain('asks to be compared with this computer')
})

test('WIN-6: where a notification is markup, a name is none', async () => {
  const name = '<a href="https://evil.example">Ada & Sam</a>'
  for (const [isMarkup, body] of [
    [true, '‹a href="https://evil.example"›Ada ＆ Sam‹/a›'],
    [false, name],
  ] as const) {
    const { notifier, shown, onClick } = rig({ isMarkup })
    notifier.verificationAsked({ ...phone, deviceName: name }, onClick)
    await settle()
    expect(shown[0]?.body).toContain(body)
  }
})
