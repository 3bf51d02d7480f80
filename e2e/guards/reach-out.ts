// What a page would try that is not ours: every way to reach somebody or to run code that did not come with the page.
import type { Page } from '@playwright/test'

/** Tries every way to a stranger and every way to run foreign code. @returns what worked, and which rules stood in the way */
export function reachOut(
  page: Page,
  target: string,
): Promise<{ readonly ran: string[]; readonly refusedBy: string[] }> {
  return page.evaluate(async (origin) => {
    // A call from the developer tools may evaluate text; a task of the page may not.
    await new Promise((resolve) => setTimeout(resolve))
    const ran: string[] = []
    const refusedBy = new Set<string>()
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refusedBy.add(effectiveDirective))
    const shared = globalThis as unknown as Record<string, unknown>

    /** Resolves when the policy has refused something by this rule; or after a while, with how long it was. */
    function refusal(rule: string): Promise<string> {
      const limitMs = 3_000
      return new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (effectiveDirective === rule) resolve('refused')
        })
        setTimeout(() => {
          resolve(`not refused within ${limitMs} ms`)
        }, limitMs)
      })
    }

    async function attempt(name: string, way: () => unknown): Promise<void> {
      try {
        const answer = await way()
        if (answer === 'refused' || answer === 'error' || answer === false) return
        ran.push(`${name}: ${String(answer)}`)
      } catch {
        // Thrown or rejected: refused.
      }
    }

    /** Puts an element into the page and waits for the rule that refuses what it asks for. */
    async function element(tag: string, attributes: Readonly<Record<string, string>>, rule: string): Promise<string> {
      const made = document.createElement(tag)
      const over = refusal(rule)
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
      document.body.append(made)
      const how = await over
      made.remove()
      return how
    }

    const url = (name: string): string => `${origin}/${name}`
    await attempt('fetch', () => fetch(url('fetch')))
    await attempt('fetch no-cors', () => fetch(url('no-cors'), { mode: 'no-cors', method: 'POST', body: 'x' }))
    await attempt('fetch own file', () => fetch('app://ui/index.html'))
    await attempt('fetch keepalive', () => fetch(url('keepalive'), { keepalive: true }))
    await attempt(
      'request',
      () =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest()
          request.onload = () => {
            resolve('load')
          }
          request.onerror = () => {
            resolve('error')
          }
          request.open('GET', url('xhr'))
          request.send()
        }),
    )
    // A beacon answers that it was taken, even when the policy then refuses it: the recorder and the violation tell.
    navigator.sendBeacon(url('beacon'), 'x')
    const socket = (make: () => EventTarget) => () =>
      new Promise((resolve) => {
        const made = make()
        for (const name of ['open', 'error'])
          made.addEventListener(name, () => {
            resolve(name)
          })
      })
    await attempt(
      'WebSocket',
      socket(() => new WebSocket(url('socket').replace('http', 'ws'))),
    )
    await attempt(
      'EventSource',
      socket(() => new EventSource(url('events'))),
    )
    await attempt('image', () => element('img', { src: url('image') }, 'img-src'))
    await attempt('image set', () => element('img', { srcset: `${url('srcset')} 1x` }, 'img-src'))
    await attempt('frame', () => element('iframe', { src: url('frame') }, 'frame-src'))
    await attempt('frame of text', async () => {
      const how = await element(
        'iframe',
        { srcdoc: '<script>parent.wasRun = true</script>' },
        'require-trusted-types-for',
      )
      return shared['wasRun'] ?? how
    })
    await attempt('object', () => element('object', { data: url('object') }, 'object-src'))
    await attempt('embed', () => element('embed', { src: url('embed') }, 'object-src'))
    await attempt('audio', () => element('audio', { src: url('audio') }, 'media-src'))
    await attempt('video', () => element('video', { poster: url('poster'), src: url('video') }, 'media-src'))
    await attempt('style sheet', () => element('link', { rel: 'stylesheet', href: url('sheet') }, 'style-src-elem'))
    await attempt('preload', () => element('link', { rel: 'preload', as: 'image', href: url('preload') }, 'img-src'))
    await attempt('prefetch', () => element('link', { rel: 'prefetch', href: url('prefetch') }, 'default-src'))
    await attempt('module preload', () =>
      element('link', { rel: 'modulepreload', href: url('modulepreload') }, 'script-src-elem'),
    )
    await attempt('style element', () => {
      const style = document.createElement('style')
      style.textContent = `body { background: url(${url('background')}); outline-color: rgb(1, 2, 3) }`
      document.head.append(style)
      return getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)'
    })
    await attempt('style attribute', () => {
      const made = document.createElement('div')
      made.setAttribute('style', `background: url(${url('style-attribute')}); outline-color: rgb(1, 2, 3)`)
      document.body.append(made)
      return getComputedStyle(made).outlineColor === 'rgb(1, 2, 3)'
    })
    await attempt('font', () => new FontFace('stolen', `url(${url('font')})`).load())
    await attempt('module', () => import(/* @vite-ignore */ url('module')))
    await attempt('worker', () => new Worker(url('worker')))
    await attempt(
      'worker of text',
      socket(() => new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))),
    )
    await attempt('service worker', () => navigator.serviceWorker.register('app://ui/assets/sw.js'))
    for (const method of ['GET', 'POST'])
      await attempt(`form ${method}`, async () => {
        const form = document.createElement('form')
        form.action = url(`form-${method}`)
        form.method = method
        document.body.append(form)
        const refused = refusal('form-action')
        form.requestSubmit()
        return refused
      })
    await attempt('ping', async () => {
      const link = document.createElement('a')
      link.href = '#'
      link.ping = url('ping')
      document.body.append(link)
      link.click()
      return 'refused'
    })

    await attempt('eval', () => (0, eval)('1'))
    await attempt('Function', () => {
      const make = Function as unknown as (text: string) => () => unknown
      return make('return 1')()
    })
    await attempt('timer of text', () => {
      const timer = setTimeout as (text: string) => number
      return timer('globalThis.wasRun = true') > 0 && shared['wasRun'] === true
    })
    await attempt('inline script', () => {
      const script = document.createElement('script')
      script.append('globalThis.wasRun = true')
      document.body.append(script)
      return shared['wasRun'] ?? false
    })
    await attempt('script text', () => {
      document.createElement('script').textContent = '1'
      return 'set'
    })
    await attempt('script address', () => {
      document.createElement('script').src = url('script')
      return 'set'
    })
    await attempt('handler attribute', () => {
      const made = document.createElement('div')
      made.setAttribute('onclick', 'globalThis.wasRun = true')
      made.click()
      return shared['wasRun'] ?? false
    })
    await attempt('script link', async () => {
      const link = document.createElement('a')
      link.href = 'javascript:globalThis.wasRun=true'
      document.body.append(link)
      link.click()
      await new Promise((resolve) => setTimeout(resolve))
      return shared['wasRun'] ?? false
    })
    const html = '<img src=x onerror="globalThis.wasRun=true">'
    await attempt('innerHTML', () => {
      document.createElement('div').innerHTML = html
      return 'set'
    })
    await attempt('outerHTML', () => {
      const made = document.createElement('div')
      document.body.append(made)
      made.outerHTML = html
      return 'set'
    })
    await attempt('insertAdjacentHTML', () => {
      document.body.insertAdjacentHTML('beforeend', html)
      return 'set'
    })
    await attempt('document.write', () => {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- that is what foreign code would use
      document.write(html)
      return 'written'
    })
    await attempt('parse', () => new DOMParser().parseFromString(html, 'text/html').body.childNodes.length)
    await attempt('fragment', () => document.createRange().createContextualFragment(html).childNodes.length)
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: { createPolicy: (name: string, rules: object) => unknown }
    }
    for (const name of ['default', 'evil', 'svelte-trusted-html'])
      await attempt(`policy ${name}`, () => trustedTypes.createPolicy(name, { createHTML: (text: string) => text }))
    await attempt('base', () => {
      const base = document.createElement('base')
      base.href = origin
      document.head.append(base)
      return !document.baseURI.startsWith('app://ui/')
    })
    // A picture of the page's own still loads: what is left is not simply a page in which nothing does.
    const picture = new Image()
    picture.src = document.createElement('canvas').toDataURL()
    await picture.decode()
    return { ran, refusedBy: [...refusedBy].sort() }
  }, target)
}
