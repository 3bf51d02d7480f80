// A consent under way at a simulator where somebody is signed in, and the browser's part of it.
import type { Result } from '#contract/problem'
import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import http from 'node:http'
import { afterEach } from 'vitest'
import type { Consent } from '../../beeper-port.ts'
import { askConsent } from '../consent.ts'

export const words = { returned: 'Go back to Drawbridge.' }
export const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

export interface Bench {
  readonly control: Control
  readonly origin: string
  readonly consent: Consent
  /** Where the browser is to come back to. */
  readonly redirect: URL
  readonly state: string
  readonly tokensAsked: () => Promise<number>
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

export async function bench(beforeToken: () => Promise<unknown> = () => Promise.resolve()): Promise<Bench> {
  const simulator = await startSimulator({ scenario: 'signed-in-elsewhere' })
  const control = new Control(simulator.controlURL)
  const consent = valueOf(await askConsent(simulator.origin, words, beforeToken))
  closers.push(
    () => simulator.close(),
    () => {
      consent.cancel()
    },
  )
  const query = new URL(consent.url).searchParams
  return {
    control,
    origin: simulator.origin,
    consent,
    redirect: new URL(query.get('redirect_uri') ?? ''),
    state: query.get('state') ?? '',
    tokensAsked: async () => (await control.calls('oauth_token')).length,
  }
}

export function answerTo({ redirect }: Bench, query: Record<string, string> | string): string {
  return `${redirect.href}?${new URLSearchParams(query).toString()}`
}

/** One request over node:http, which sends any Host. */
export function knock(url: string, options: http.RequestOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .request(url, { agent: false, ...options }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      .on('error', reject)
      .end()
  })
}
