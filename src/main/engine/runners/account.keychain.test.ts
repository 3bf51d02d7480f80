import { describe, expect, test } from 'vitest'
import { atCode, bench, signedIn } from '../../testing/account-bench.ts'
import type { Bench } from '../../testing/account-bench.ts'
import { bad, good, problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { marker, secrets, server, signedInBefore } from '../../testing/samples.ts'

describe('KEY-5: the keychain', () => {
  async function unsaved(): Promise<Bench> {
    const one = await atCode({ respond: () => good(signedIn) })
    one.vault.saveProblem = problemOf('keychain.denied')
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'unsaved', isBusy: false, problem: { code: 'keychain.denied' } })
    return one
  }

  test('that fails leaves the token in memory; trying again saves it', async () => {
    const one = await unsaved()
    one.account.send({ type: 'keychainRetried' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'unsaved', isBusy: false })
    one.vault.saveProblem = undefined
    one.account.send({ type: 'keychainRetried' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'keychain' })
    expect(one.engine.servers.markerOf(server.origin)).toMatchObject({ userID: '@sam:beeper.com', source: 'account' })
    expect(one.vault.tokens.get(server.origin)).toBe(secrets.token)
  })

  test('that fails may be done without for this run: nothing says that something was saved', async () => {
    const one = await unsaved()
    one.account.send({ type: 'keptForThisRun' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    expect(one.engine.servers.markerOf(server.origin)).toBeUndefined()
    expect([...one.vault.tokens.values()]).not.toContain(secrets.token)
  })

  test('that is slow says so, and keeps the sign-in when it comes round', async () => {
    const one = await atCode({ respond: () => good(signedIn) })
    const release = one.vault.hold()
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'unsaved', isBusy: true, problem: { code: 'keychain.locked' } })
    release()
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'keychain' })
  })

  test('that comes round after the person went on without it has kept it after all', async () => {
    const one = await atCode({ respond: () => good(signedIn) })
    const release = one.vault.hold()
    one.account.send({ type: 'codeSubmitted', code: '123456' })
    await settle()
    one.account.send({ type: 'keptForThisRun' })
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'this-run' })
    release()
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'signed-in', keptIn: 'keychain' })
  })

  test('KEY-3: one that shows nothing where something was saved is shut, and nothing is deleted', async () => {
    const one = bench({ progress: signedInBefore })
    one.engine.launch()
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'keychain-shut', problem: { code: 'keychain.empty' } })
    expect(one.engine.servers.markerOf(server.origin)).toEqual(marker)
    expect(one.did).not.toContain('vault.remove')
  })

  test('a bug in it shows as unexpected, not as a wait without end', async () => {
    const one = bench({ progress: signedInBefore })
    one.vault.read = () => Promise.reject(new Error('a bug'))
    one.engine.launch()
    await settle()
    expect(one.account.state).toMatchObject({ phase: 'keychain-shut', problem: { code: 'unexpected' } })
    expect(one.log.lines.map(({ event }) => event)).toContain('account-effect-failed')
  })
})

describe('KEY-6: a token that the server refuses', () => {
  test('is put aside: the server is asked without it and the keychain keeps it', async () => {
    const asked: (string | undefined)[] = []
    const one = bench({
      progress: signedInBefore,
      beeper: {
        glanceAtSetup: ({ token }) => {
          asked.push(token)
          return bad(problemOf('beeper.token-refused'))
        },
      },
    })
    one.vault.tokens.set(server.origin, 'old')
    one.engine.launch()
    await settle()
    expect(asked).toEqual(['old', undefined])
    expect(one.phase()).toBe('authorise')
    expect(one.vault.tokens.get(server.origin)).toBe('old')
    expect(one.did).not.toContain('vault.remove')
  })
})
