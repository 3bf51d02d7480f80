// The simulator talks to this computer only. A name that a web page could point at 127.0.0.1 is refused by its Host header.
const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])

export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopbackNames.has(host.replace(/:\d+$/, '').toLowerCase())
}
