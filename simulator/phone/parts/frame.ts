// Looks at the world once a second, draws what has changed, and moves between the tabs.
export const frame = String.raw`
/** Which card, and which button of it: two cards may have buttons of the same words. */
const placeOf = (node) => ((node.closest('[data-key]') || { dataset: {} }).dataset.key || '') + '/' + ((node.querySelector('b') || node).textContent)

function draw() {
  for (const item of document.querySelectorAll('[role=tab]')) {
    const isHere = item.dataset.tab === tab
    item.setAttribute('aria-selected', String(isHere))
    item.tabIndex = isHere ? 0 : -1
    const count = world ? views[item.dataset.tab].count(world) : 0
    const badge = item.querySelector('.badge')
    badge.hidden = isHere || count === 0
    badge.textContent = count
  }
  if (!world) return
  $('clock').textContent = clock(world.nowMs)
  const current = views[tab]
  const data = current.pick(world)
  const key = tab + JSON.stringify(data)
  if (key === drawn) return
  drawn = key
  // A redraw must not take the focus or fold up what was opened.
  const open = [...view.querySelectorAll('details[open]')].map((node) => node.dataset.key)
  const before = view.dataset.tab === tab ? [...view.querySelectorAll('section')].map((node) => node.dataset.key) : null
  const focused = view.contains(document.activeElement) ? placeOf(document.activeElement) : null
  view.setAttribute('aria-label', current.title)
  view.replaceChildren(el('h1', null, current.title), ...current.draw(data).flat(3).filter(Boolean))
  view.dataset.tab = tab
  // Only what is new moves.
  for (const node of view.querySelectorAll('section')) {
    node.classList.toggle('fresh', before === null || (node.dataset.key !== undefined && !before.includes(node.dataset.key)))
  }
  for (const node of view.querySelectorAll('details')) node.open = open.includes(node.dataset.key)
  if (focused !== null) ([...view.querySelectorAll('button, summary')].find((node) => placeOf(node) === focused) || view).focus()
}

let isLooking = false
let isDue = false
async function look() {
  // What has been sent meanwhile may not be in the answer that is on its way.
  isDue = isLooking
  if (isLooking) return
  isLooking = true
  try {
    world = await (await fetch(new URL('snapshot', api))).json()
    $('signal').textContent = ''
  } catch {
    $('signal').textContent = 'No connection'
  }
  isLooking = false
  draw()
  if (isDue) await look()
}
function show(name) {
  tab = name
  history.replaceState(null, '', '#' + name)
  view.scrollTop = 0
  draw()
}
if (!views[tab]) tab = 'mail'
const tabs = [...document.querySelectorAll('[role=tab]')]
for (const [index, item] of tabs.entries()) {
  item.addEventListener('click', () => show(item.dataset.tab))
  item.addEventListener('keydown', (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (way) { const next = tabs[(index + way + tabs.length) % tabs.length]; next.focus(); show(next.dataset.tab) }
  })
}
setInterval(() => { if (document.visibilityState === 'visible') void look() }, 1000)
document.addEventListener('visibilitychange', () => void look())
void look()
`
