// The demo phone as one page without any outside resource: the person's other hand in the demo.
import { script } from './script.ts'
import { style } from './style.ts'

interface Tab {
  readonly name: string
  readonly label: string
  readonly paths: string
}

const tabs: readonly Tab[] = [
  { name: 'mail', label: 'Mail', paths: '<path d="M3 6.5h18v12H3z"/><path d="m3.5 7 8.5 6.5L20.5 7"/>' },
  {
    name: 'chats',
    label: 'Chats',
    paths: '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z"/><path d="M14 14h2.5v2.5M20 14v6h-6M17 17.5h.01"/>',
  },
  {
    name: 'beeper',
    label: 'Beeper',
    paths: '<path d="M12 3 5 5.8v5.4c0 4.4 2.9 8 7 9.8 4.1-1.8 7-5.4 7-9.8V5.8z"/><path d="m9 11.8 2.2 2.2 3.9-4"/>',
  },
  {
    name: 'networks',
    label: 'Accounts',
    paths: '<circle cx="12" cy="8.5" r="3.7"/><path d="M4.5 20c.9-3.9 3.9-5.9 7.5-5.9s6.6 2 7.5 5.9"/>',
  },
]

const tabHTML = ({ label, name, paths }: Tab): string =>
  `<button type="button" role="tab" aria-controls="view" data-tab="${name}" id="tab-${name}">` +
  `<svg viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>${label}<span class="badge" hidden></span></button>`

/** `nonce` is what the page's policy lets run and style; a new one for every load. */
export const phonePage = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demo phone</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main class="phone">
<div class="bar"><span id="clock"></span><span class="quiet" id="signal" role="status"></span><span class="quiet">Demo phone</span></div>
<div id="view" role="tabpanel" tabindex="-1"></div>
<div class="tabs" role="tablist" aria-label="Apps on this phone">${tabs.map(tabHTML).join('')}</div>
<div class="toast" id="toast" role="status"></div>
</main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`
