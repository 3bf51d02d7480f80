// The commands of Secure messages: what each answers, wherever the person is.
import type { CommandName } from '#contract/command-names'
import { commands } from '#contract/commands'
import type { InputOf } from '#contract/commands'
import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { bench, signedIn } from '../testing/engine-bench.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { demoServer, otherServer, problem, remembered, server, setupOf } from '../testing/samples.ts'
import { secureBench } from '../testing/secure-bench.ts'
import { newKeys, proofOf } from '../testing/secure-server.ts'
import { waits } from '../testing/secure-waits.ts'

type Name = Extract<CommandName, `security.${string}`>
const verificationID = 'verification-1'

const inputs: { readonly [One in Name]: InputOf<One> } = {
  'security.checkAgain': undefined,
  'security.openDoor': { door: 'key' },
  'security.requestVerification': undefined,
  'security.showVerification': { verificationID },
  'security.acceptVerification': { verificationID },
  'security.startEmoji': { verificationID },
  'security.confirmEmoji': { verificationID, emojis: ['🐶'] },
  'security.confirmScanned': { verificationID },
  'security.scanner': { isOpen: true },
  'security.scanCode': { data: 'MATRIX\u0002\u00ff' },
  'security.cancelVerification': { verificationID, why: 'not-me' },
  'security.leaveVerification': undefined,
  'security.createRecoveryKey': { acceptLoss: true },
  'security.copyRecoveryKey': { recoveryKey: newKeys[0] },
  'security.saveRecoveryKey': { recoveryKey: newKeys[0] },
  'security.printRecoveryKey': undefined,
  'security.confirmRecoveryKey': proofOf(newKeys[0]),
  'security.leaveRecoveryKey': undefined,
  'security.unlock': { recoveryKey: 'SECRET', isSure: true },
  'security.dismissReminder': undefined,
}
const names = Object.keys(inputs) as Name[]

/** Calls a command by its name, as the gate to the window does. */
async function call(handlers: object, name: Name): Promise<Result<unknown>> {
  // The table above gives each command the input of its type, which is lost where they are taken one after the other.
  const handler = (handlers as Record<Name, (input: unknown) => Promise<Result<unknown>> | Result<unknown>>)[name]
  return handler(inputs[name])
}
const isTakenOrNotNow = (result: Result<unknown>): boolean => result.ok || result.problem.code === 'command.not-now'

const elsewhere = {
  find: () => Promise.resolve(bench({ beeper: { probe: () => bad(problem) } })),
  home: async () => {
    const one = await signedIn()
    await one.handlers['app.go']({ at: 'home' })
    return one
  },
  settings: async () => {
    const one = await signedIn()
    await one.handlers['app.go']({ at: 'settings' })
    return one
  },
  'nothing read yet': () => signedIn({ glanceAtSetup: () => new Promise(() => undefined) }),
}
const places = { ...elsewhere, ...Object.fromEntries(Object.entries(waits).map(([name, { begin }]) => [name, begin])) }

describe.each(Object.entries(places))('while %s', (_, begin) => {
  test.each(names)('%s is taken or comes at the wrong time, and breaks nothing', async (name) => {
    const one = await begin()
    for (let n = 0; n < 2; n += 1) {
      expect(isTakenOrNotNow(await call(one.handlers, name))).toBe(true)
      await settle()
    }
    expect(one.screen()).not.toBe('')
    expect(one.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})

test('the inputs above are those that the window may send', () => {
  for (const name of names) expect(commands[name].safeParse(inputs[name]).success, name).toBe(true)
})

describe('copies of a key', () => {
  test('go where the person asks for them, and say what became of it', async () => {
    const one = await secureBench('needs-cross-signing-setup')
    const copies: string[] = []
    Object.assign(one.engine.world.keyCopies, {
      copy: (key: string) => good(void copies.push(`copy ${key}`)),
      save: (key: string) => {
        copies.push(`save ${key}`)
        return good({ isSaved: false })
      },
      print: () => bad(problemOf('security.print-failed')),
    })
    const [recoveryKey] = newKeys
    expect(await one.handlers['security.copyRecoveryKey']({ recoveryKey })).toMatchObject({ ok: true })
    expect(await one.handlers['security.saveRecoveryKey']({ recoveryKey })).toEqual(ok({ isSaved: false }))
    expect(await one.handlers['security.printRecoveryKey'](undefined)).toMatchObject({
      ok: false,
      problem: { code: 'security.print-failed' },
    })
    expect(copies).toEqual([`copy ${recoveryKey}`, `save ${recoveryKey}`])
    expect(JSON.stringify(one.settings.read())).not.toContain('SECRET')
  })
})

describe('ONE-4: keeping the window out of pictures', () => {
  test('is on until the person says otherwise, and kept', async () => {
    const one = await secureBench('ready')
    await one.handlers['app.go']({ at: 'settings' })
    expect(one.on('settings').isContentProtected).toBe(true)
    for (const isOn of [false, true]) {
      expect(await one.handlers['app.protectContent']({ isOn })).toMatchObject({ ok: true })
      expect(one.on('settings').isContentProtected).toBe(isOn)
      expect(one.settings.read().isContentProtected).toBe(isOn)
    }
  })

  test('holds for this run where the disk takes nothing, and that is said', async () => {
    const one = await secureBench('ready')
    one.settings.problem = problemOf('unexpected')
    expect(await one.handlers['app.protectContent']({ isOn: false })).toMatchObject({ ok: false })
    await one.handlers['app.go']({ at: 'settings' })
    expect(one.on('settings').isContentProtected).toBe(false)
  })
})

describe('the reminder to keep a recovery key', () => {
  const unkept = { ...setupOf('ready'), isKeyBackedUp: false }
  const isShown = (one: Awaited<ReturnType<typeof secureBench>>): boolean => one.on('home').isKeyReminderShown

  test('is put away for one server, and comes back for another', async () => {
    const one = await secureBench(unkept)
    await one.handlers['app.go']({ at: 'home' })
    expect(isShown(one)).toBe(true)
    expect(await one.handlers['security.dismissReminder'](undefined)).toMatchObject({ ok: true })
    expect(isShown(one)).toBe(false)
    expect(one.progress().keyRemindersDismissed).toEqual([server.origin])
    const again = await secureBench(unkept, { progress: { ...one.progress(), isFirstRunDone: true } })
    expect(isShown(again)).toBe(false)
    const progress = { isFirstRunDone: true, keyRemindersDismissed: [otherServer.origin] }
    expect(isShown(await secureBench(unkept, { progress }))).toBe(true)
  })

  test('put away twice is noted once: a note that grows without end would one day not be read back', async () => {
    const one = await secureBench(unkept)
    for (let n = 0; n < 3; n += 1) await one.handlers['security.dismissReminder'](undefined)
    expect(one.progress().keyRemindersDismissed).toEqual([server.origin])
  })

  test('put away in the demo is not written, not even later with that of a server', async () => {
    const one = await secureBench(unkept)
    const credentials = { token: 'SECRET-demo', userID: undefined, source: 'oauth' } as const
    one.engine.choose(demoServer)
    await settle()
    one.engine.account.send({ type: 'signedIn', credentials, keptIn: 'this-run' })
    await settle()
    await one.handlers['security.dismissReminder'](undefined)
    expect(one.progress().keyRemindersDismissed ?? []).toEqual([])
    one.engine.choose(server)
    await settle()
    expect(one.engine.target()?.origin).toBe(server.origin)
    await one.handlers['security.dismissReminder'](undefined)
    expect(one.progress().keyRemindersDismissed).toEqual([server.origin])
  })

  test('is not put away by nobody', async () => {
    const one = bench({ progress: { servers: [remembered()] } })
    expect(await one.handlers['security.dismissReminder'](undefined)).toMatchObject({
      ok: false,
      problem: { code: 'command.not-now' },
    })
    expect(one.did).toEqual([])
  })
})
