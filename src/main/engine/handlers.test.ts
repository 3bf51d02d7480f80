import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import { opened } from '../testing/connect-bench.ts'
import { sessionAt } from '../testing/connect-states.ts'
import { bench, signedIn } from '../testing/engine-bench.ts'
import { bad, good } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { problem, secrets, server } from '../testing/samples.ts'

describe('commands out of season', () => {
  test('change nothing and break nothing', async () => {
    const one = bench({ beeper: { probe: () => bad(problem) } })
    one.engine.launch()
    await settle()
    const before = one.engine.state.getState()
    const inputs = {
      'account.submitCode': { code: '1' },
      'account.register': { username: 'sam', acceptTerms: true },
      'account.sendCode': { email: 'sam@example.com' },
      'account.changeAddress': undefined,
      'account.authorise': undefined,
      'account.cancelAuthorise': undefined,
      'account.useToken': { token: secrets.pastedToken },
      'account.checkAgain': undefined,
      'account.retryKeychain': undefined,
      'account.keepForThisRun': undefined,
      'account.keepInKeychain': undefined,
      'account.signOut': { revoke: true },
      'account.signInAgain': undefined,
      'security.checkAgain': undefined,
      'security.openDoor': { door: 'new-key' },
      'security.requestVerification': undefined,
      'security.showVerification': { verificationID: 'v' },
      'security.acceptVerification': { verificationID: 'v' },
      'security.startEmoji': { verificationID: 'v' },
      'security.confirmEmoji': { verificationID: 'v', emojis: [] },
      'security.confirmScanned': { verificationID: 'v' },
      'security.scanner': { isOpen: true },
      'security.scanCode': { data: 'MATRIX' },
      'security.cancelVerification': { verificationID: 'v', why: 'not-me' },
      'security.leaveVerification': undefined,
      'security.leaveRecoveryKey': undefined,
      'security.dismissReminder': undefined,
      'security.unlock': { recoveryKey: 'k', isSure: true },
      'security.confirmRecoveryKey': { recoveryKey: 'k', group: 0, typedGroup: 'k' },
      'security.createRecoveryKey': { acceptLoss: true },
      'networks.refresh': undefined,
      'connect.open': { bridgeID: 'b' },
      'connect.choose': { connectionID: 'c', flowID: 'f' },
      'connect.submit': { connectionID: 'c', fields: {}, isSure: true },
      'connect.keep': { connectionID: 'c', fields: {} },
      'connect.openLink': { connectionID: 'c', url: 'https://one.test/' },
      'connect.leave': { connectionID: 'c' },
      'connect.again': { connectionID: 'c' },
      'find.use': { origin: 'http://127.0.0.1:1' },
      'find.allow': { origin: 'https://beeper.example.com' },
      'find.refuse': undefined,
      'find.rename': { origin: server.origin, name: 'Office' },
      'find.forget': { origin: server.origin },
      'app.openPhone': undefined,
      'app.picture': { url: 'https://one.test/a.png' },
    } as const
    for (const [name, input] of Object.entries(inputs))
      await (one.handlers[name as keyof typeof inputs] as (input: unknown) => unknown)(input)
    await settle()
    expect(one.engine.state.getState()).toEqual(before)
    expect(one.log.lines).toEqual([])
    expect(one.vault.asked).toEqual([])
    expect(one.did.filter((what) => what !== 'beeper.probe')).toEqual([])
  })
})

describe('ORI-5: pictures', () => {
  const imageURL = 'https://cdn.test/emoji.png'
  const emoji = sessionAt({
    type: 'display_and_wait',
    stepID: 'emoji',
    instructions: '',
    display: { type: 'emoji', imageURL, emoji: undefined },
  })
  const showing = (picture: ReturnType<typeof bad> | ReturnType<typeof good<string>>) => {
    const asked: string[] = []
    return {
      asked,
      beeper: {
        createSession: () => good(emoji),
        submitStep: () => new Promise<never>(() => undefined),
        readPicture: ({ token }: { readonly token?: string | undefined }, url: string) => {
          asked.push(`${String(token)} ${url}`)
          return picture
        },
      },
    }
  }

  test('one that is on the screen is read, with the sign-in of the moment', async () => {
    const { asked, beeper } = showing(good('data:image/png;base64,AA=='))
    const one = await opened(beeper)
    expect(await one.handlers['app.picture']({ url: imageURL })).toEqual(ok({ dataURL: 'data:image/png;base64,AA==' }))
    expect(asked).toEqual([`${secrets.token} ${imageURL}`])
  })

  test.each([
    'https://cdn.test/emoji.png?x',
    'https://cdn.test/emoji.png#x',
    'https://cdn.test/other.png',
    'http://127.0.0.1:23373/v1/accounts',
    'file:///etc/passwd',
    '',
  ])('any other is not, whatever the window asks for: %j', async (url) => {
    const { asked, beeper } = showing(good('data:,'))
    const one = await opened(beeper)
    expect(await one.handlers['app.picture']({ url })).toMatchObject({
      ok: false,
      problem: { code: 'command.not-now' },
    })
    expect(asked).toEqual([])
  })

  test('one whose connection was left is not read any more, nor after signing out', async () => {
    const { asked, beeper } = showing(good('data:,'))
    const one = await opened(beeper)
    void one.handlers['connect.leave']({ connectionID: one.only().connectionID })
    expect(await one.handlers['app.picture']({ url: imageURL })).toMatchObject({ ok: false })
    const other = await opened(beeper)
    other.engine.account.send({ type: 'left' })
    expect(await other.handlers['app.picture']({ url: imageURL })).toMatchObject({ ok: false })
    expect(asked).toEqual([])
  })

  test('one that cannot be shown says so', async () => {
    const { beeper } = showing(bad({ code: 'picture.unusable', retry: 'never' }))
    const one = await opened(beeper)
    expect(await one.handlers['app.picture']({ url: imageURL })).toMatchObject({
      ok: false,
      problem: { code: 'picture.unusable' },
    })
  })
})

describe('quitting by command', () => {
  test('quits, whatever is on the screen', async () => {
    for (const one of [bench(), await signedIn()]) {
      expect(await one.handlers['app.quit'](undefined)).toEqual(ok(undefined))
      expect(one.did.at(-1)).toBe('quit')
    }
  })
})
