import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerFromDevServer, answerFromFiles, contentSecurityPolicy } from './assets.ts'

let parent = ''
let root = ''
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'assets-'))
  root = join(parent, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  writeFileSync(join(root, 'assets/index-DqA1_b-2.js'), 'export {}')
  writeFileSync(join(root, 'assets/inter.woff2'), 'font')
  writeFileSync(join(root, '.hidden.js'), 'hidden')
  writeFileSync(join(root, 'notes.txt'), 'no type of ours')
  writeFileSync(join(parent, 'secret.js'), 'secret')
  writeFileSync(join(parent, 'renderer-other.js'), 'secret')
  symlinkSync(join(parent, 'secret.js'), join(root, 'assets/link.js'))
})
afterAll(() => {
  rmSync(parent, { recursive: true })
})

const directive = (policy: string, kind: string): string | undefined =>
  policy.split('; ').find((one) => one.startsWith(`${kind} `))

/** A request as Electron hands it over, whatever its URL; the constructor of Request would tidy it up. */
const request = (url: string, method = 'GET') => ({ url, method, headers: new Headers({ Accept: 'text/css' }) })

describe('WIN-2: the page under its own origin', () => {
  test.each([
    ['app://ui/', 'text/html; charset=utf-8'],
    ['app://ui', 'text/html; charset=utf-8'],
    ['app://ui/index.html', 'text/html; charset=utf-8'],
    ['app://ui/index.html?x=1#y', 'text/html; charset=utf-8'],
    ['app://ui/assets/index-DqA1_b-2.js', 'text/javascript; charset=utf-8'],
    ['app://ui/assets/inter.woff2', 'font/woff2'],
  ])('WIN-2: %s is served', async (url, type) => {
    const answer = await answerFromFiles(request(url), root)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Type')).toBe(type)
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(answer.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    expect(answer.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy)
  })

  test('WIN-2: the policy is exactly this', () => {
    expect(contentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; font-src 'self'; img-src 'self' data:; media-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
    )
  })

  const traversals = [
    'app://ui/../secret.js',
    'app://ui/../../secret.js',
    'app://ui/assets/../../secret.js',
    'app://ui/./index.html',
    'app://ui/%2e%2e/secret.js',
    'app://ui/%2E%2E/secret.js',
    'app://ui/.%2e/secret.js',
    'app://ui/..%2fsecret.js',
    'app://ui/..%2Fsecret.js',
    'app://ui/..%5csecret.js',
    'app://ui/..\\secret.js',
    'app://ui\\..\\secret.js',
    'app://ui/%252e%252e/secret.js',
    'app://ui/..%c0%afsecret.js',
    'app://ui/..;/secret.js',
    'app://ui/....//secret.js',
    'app://ui//etc/passwd',
    'app://ui/%2fetc/passwd',
    'app://ui//index.html',
    'app://ui/assets//inter.woff2',
    'app://ui/assets/link.js',
    'app://ui/assets/',
    'app://ui/assets',
    'app://ui/.hidden.js',
    'app://ui/notes.txt',
    'app://ui/index.html%00.js',
    'app://ui/index.html\0',
    'app://ui/index.html/',
    'app://ui/C:/secret.js',
    'app://ui/C:%5csecret.js',
    'app://ui/~/secret.js',
    'app://ui-other.js',
    'app://ui@evil/index.html',
    'app://ui:80/index.html',
    'app://other/index.html',
    'app:///index.html',
    'file:///etc/passwd',
    'app://ui/missing.js',
  ]
  test('WIN-2: 30 traversal URLs are not found', async () => {
    expect(traversals.length).toBeGreaterThanOrEqual(30)
    for (const url of traversals) {
      const answer = await answerFromFiles(request(url), root)
      expect(answer.status, url).toBe(404)
      expect(await answer.text(), url).toBe('')
      expect(answer.headers.get('Content-Security-Policy'), url).toBe(contentSecurityPolicy)
    }
  })

  test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('WIN-2: %s is not found', async (method) => {
    expect((await answerFromFiles(request('app://ui/index.html', method), root)).status).toBe(404)
  })
})

test('WIN-2: the dev server answers under our origin, with a policy for hot reloading', async () => {
  const asked: string[] = []
  const fetchFrom = async (url: string, accept: string) => {
    asked.push(url, accept)
    return new Response('x', { headers: { 'Content-Type': 'text/javascript', 'X-Other': '1' } })
  }
  const answer = await answerFromDevServer(request('app://ui/@vite/client?t=1'), 'http://localhost:5173', fetchFrom)
  expect(asked).toEqual(['http://localhost:5173/@vite/client?t=1', 'text/css'])
  expect(answer.headers.get('Content-Type')).toBe('text/javascript')
  expect(answer.headers.get('X-Other')).toBeNull()
  const policy = answer.headers.get('Content-Security-Policy') ?? ''
  expect(policy).toContain("connect-src 'self' ws://ui ws://localhost:5173")
  expect(policy).toContain("script-src 'self';")
  // What the built page may show and play, this one may.
  for (const kind of ['img-src', 'media-src', 'font-src'])
    expect(directive(policy, kind), kind).toBe(directive(contentSecurityPolicy, kind))
  expect((await answerFromDevServer(request('app://other/x'), 'http://localhost:5173', fetchFrom)).status).toBe(404)
})
