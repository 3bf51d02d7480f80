// 200 networks with 1,000 accounts: what a key press or a new state costs, counted in rows that are touched.
import { fake, open } from '../gallery/open.ts'
import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { catalogueView } from '../gallery/catalogue-views.ts'
import { hundreds } from '../gallery/samples.ts'
import { views } from '../gallery/views.ts'

/** As the screen brings them. */
const atOnce = 40

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('main li')]
const field = () => page.getByRole('searchbox', { name: en.connect.search })
const allDrawn = () => expect.poll(() => rows().length).toBe(hundreds.length)

/** What happens to the rows. */
interface Touched {
  came: number
  /** Rows that stayed, and in which something is other than before. */
  readonly changed: Set<Element>
}

let stop: () => void = () => undefined

function watch(): Touched {
  const touched: Touched = { came: 0, changed: new Set() }
  const known = new Set<Node>(rows())
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      const within = target instanceof Element ? target.closest('main li') : target.parentElement?.closest('main li')
      if (within) touched.changed.add(within)
      for (const node of addedNodes) {
        const added = node instanceof Element ? [node, ...node.querySelectorAll('li')] : []
        // One that only moves is no new one.
        touched.came += added.filter((one) => one.matches('main li') && !known.has(one)).length
        for (const one of added) known.add(one)
      }
    }
  })
  const main = document.querySelector('main')
  if (main === null) throw new Error('nothing is drawn')
  observer.observe(main, { childList: true, subtree: true, characterData: true, attributes: true })
  stop = () => {
    observer.disconnect()
  }
  return touched
}

afterEach(() => {
  stop()
})

test('all rows come, in portions', async () => {
  await open(views.hundreds)
  expect(rows().length).toBeLessThanOrEqual(atOnce)
  await allDrawn()
  expect(hundreds.flatMap(({ accounts }) => accounts)).toHaveLength(1000)
})

test('of those that are out of sight nothing is laid out', async () => {
  await open(views.hundreds)
  await allDrawn()
  const laidOut = (): number =>
    rows().filter((one) => one.querySelector('.row')?.checkVisibility({ contentVisibilityAuto: true }) === true).length
  await expect.poll(laidOut).toBeGreaterThan(0)
  await expect.poll(laidOut).toBeLessThan(atOnce)
})

test('a key that narrows takes rows away, and touches none of those that stay', async () => {
  await open(views.hundreds)
  await allDrawn()
  await field().click()
  const touched = watch()
  await userEvent.keyboard('n')
  await expect.element(page.getByText(en.connect.results(200), { exact: true })).toBeInTheDocument()
  await userEvent.keyboard('etwork 19')
  await expect.poll(() => rows().length).toBe(11)
  expect(touched).toEqual({ came: 0, changed: new Set() })
})

test('a key that brings rows back brings few at once, and the others after it', async () => {
  await open(views.hundreds)
  await allDrawn()
  await field().fill('network 200')
  await expect.poll(() => rows().length).toBe(1)
  const [kept] = rows()
  const touched = watch()
  // Pressed without the test's own detour, so that nothing is drawn between the key and the look.
  const input = field().element()
  if (!(input instanceof HTMLInputElement)) throw new Error('no field')
  input.value = ''
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  await Promise.resolve()
  await Promise.resolve()
  expect(touched.came).toBeLessThanOrEqual(atOnce)
  expect(rows().length).toBeLessThanOrEqual(atOnce + 1)
  await allDrawn()
  expect(touched.came).toBe(hundreds.length - 1)
  expect(rows()).toContain(kept)
  expect(rows().at(-1)?.querySelector('.name')?.textContent).toBe('Network 198')
})

test('a state that says the same touches no row, and one account that changes touches its own', async () => {
  await open(views.hundreds)
  await allDrawn()
  const touched = watch()
  fake.show(views.hundreds)
  const changed = hundreds.map((one, index) =>
    index === 4 ? { ...one, accounts: one.accounts.map((each) => ({ ...each, status: 'needs-you' as const })) } : one,
  )
  fake.show(catalogueView({ networks: changed, connectedCount: 1000 }))
  await expect.element(page.getByText(en.connect.needYou(5), { exact: true })).toBeInTheDocument()
  expect([...touched.changed].map((one) => one.querySelector('.name')?.textContent)).toEqual(['Network 5'])
  expect(touched.came).toBe(0)
})
