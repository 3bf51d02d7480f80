// Where the demo's phone may go. Apart from its window so that it runs without Electron.

/**
 * Whether a URL stays within the phone's page.
 * @param url where it wants to go
 * @param home the URL that the phone was opened with
 */
export function isWithinPhone(url: string, home: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(home)) return false
  const wanted = new URL(url)
  const start = new URL(home)
  const folder = start.pathname.endsWith('/') ? start.pathname : `${start.pathname}/`
  const isPlain = wanted.username === '' && wanted.password === ''
  return (
    isPlain &&
    wanted.origin === start.origin &&
    (wanted.pathname === start.pathname || wanted.pathname.startsWith(folder))
  )
}

/** Whether a URL is a page of a server on this machine, reached by number. */
export function isLoopbackPage(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  return protocol === 'http:' && hostname === '127.0.0.1' && username === '' && password === ''
}
