// Cards of other devices, above whatever is on the screen.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { View } from '#contract/view'
import type { RequestView } from '#contract/view-security'
import { en } from '#messages/en'
import { phone, request, stranger } from '../gallery/verification-views.ts'
import { viewNames, viewWith, views } from '../gallery/views.ts'

const text = en.requests
const email = { name: 'email', email: '', isBusy: false, problem: undefined } as const
const withRequests = (...requests: RequestView[]): View => viewWith(email, { requests })
const region = page.getByRole('region', { name: text.label })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = page.getByLabelText(en.email.label)
const box = (selector: string): DOMRect => {
  const element = document.querySelector(selector)
  if (element === null) throw new Error(`no ${selector}`)
  return element.getBoundingClientRect()
}

/** As high as the window, as the page gives it to the app, so that it scrolls as it does there. */
async function openWindow(view: View, size = { width: 960, height: 680 }): Promise<void> {
  await open(view, size)
  const place = document.querySelector('.app')?.parentElement
  if (place) place.style.height = '100vh'
}

test('one’s own device: named with its account, accepted or turned away by a click', async () => {
  const asks = request()
  await open(withRequests(asks))
  await expect.element(region).toHaveTextContent(phone.deviceName)
  await expect.element(region).toHaveTextContent(phone.userID)
  expect(fake.calls()).toEqual([])
  await button(text.acceptNamed(asks)).click()
  await button(text.notMeNamed(asks)).click()
  expect(fake.calls()).toEqual([
    { name: 'security.acceptVerification', input: { verificationID: 'r1' } },
    { name: 'security.cancelVerification', input: { verificationID: 'r1', why: 'not-me' } },
  ])
})

test('a stranger is told apart in words and order, and accepting is not the main thing', async () => {
  const asks = request({ peer: stranger })
  await open(withRequests(asks))
  await expect.element(region.getByRole('heading')).toHaveTextContent(text.asks(asks))
  expect(text.asks(asks)).not.toBe(text.asks(request()))
  await expect.element(region).toHaveTextContent(stranger.userID)
  await expect.element(region).toHaveTextContent(stranger.deviceName)
  await expect.element(region).toHaveTextContent(text.asksText(asks))
  const buttons = Array.from(document.querySelectorAll('.requests button'), (one) => one.textContent.trim())
  expect(buttons).toEqual([text.notMe, text.accept])
  expect(document.querySelectorAll('.requests button.primary')).toHaveLength(0)
})

test('one that goes on beside the screen is gone on with, or stopped', async () => {
  const running = request({ kind: 'running' })
  await open(withRequests(running))
  await button(text.goOnNamed(running)).click()
  await button(text.stopNamed(running)).click()
  expect(fake.calls()).toEqual([
    { name: 'security.showVerification', input: { verificationID: 'r1' } },
    { name: 'security.cancelVerification', input: { verificationID: 'r1', why: 'cancelled' } },
  ])
})

test('several: the newest first, three at most, and how many more there are', async () => {
  await open(views['requests-several'])
  const headings = Array.from(document.querySelectorAll('.requests h2'), (one) => one.textContent)
  expect(headings).toHaveLength(3)
  expect(headings[1]).toContain('iPad')
  await expect.element(region).toHaveTextContent(text.more(2))
})

test('an answer on its way is sent once, and what went wrong is said there', async () => {
  const asks = request()
  await open(withRequests(asks))
  await button(text.acceptNamed(asks)).click()
  fake.show(withRequests({ ...asks, isBusy: true }))
  await expect.element(button(text.acceptNamed(asks))).toHaveAttribute('aria-disabled', 'true')
  await button(text.acceptNamed(asks)).click({ force: true })
  expect(fake.calls()).toHaveLength(1)
  fake.show(views['request-problem'])
  await expect.element(region.getByRole('alert')).toHaveTextContent(en.problems['security.verification-gone'].title)
})

test('it is announced politely, and takes no focus', async () => {
  await open(withRequests())
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('ada@')
  const asks = request()
  fake.show(withRequests(asks))
  await expect.element(region).toBeVisible()
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('example.com')
  await expect.element(field).toHaveValue('ada@example.com')
  const spoken = Array.from(document.querySelectorAll('[role=status]'), (one) => one.textContent)
  expect(spoken).toContain(`${text.asks(asks)}. ${text.asksText(asks)}`)
  expect(document.querySelectorAll('.requests [role=alert], .requests [aria-live=assertive]')).toHaveLength(0)
})

test('A6: a press that was meant for what a card has pushed away does not answer it', async () => {
  await open(withRequests())
  fake.show(withRequests(request()))
  await expect.element(region).toBeVisible()
  const answers = document.querySelector('.requests .answers')
  expect(answers && getComputedStyle(answers).pointerEvents).toBe('none')
  await expect.poll(() => answers && getComputedStyle(answers).pointerEvents).toBe('auto')
})

test('what is being typed stays in sight', async () => {
  await openWindow(withRequests(), { width: 480, height: 420 })
  await expect.element(field).toHaveFocus()
  fake.show(
    withRequests(request({ peer: stranger }), request({ verificationID: 'r2' }), request({ verificationID: 'r3' })),
  )
  await expect.element(region).toBeVisible()
  await expect.poll(() => box('main input').bottom).toBeLessThanOrEqual(420)
  expect(box('main input').top).toBeGreaterThanOrEqual(box('section.requests').bottom)
})

test('cards stay at the top while the screen is scrolled', async () => {
  await openWindow(viewWith(views['connect-many'].screen, { requests: [request()] }))
  const side = document.querySelector('.side')
  if (side === null) throw new Error('no side')
  const { top } = box('section.requests')
  side.scrollTop = 900
  await expect.poll(() => side.scrollTop).toBeGreaterThan(300)
  expect(box('section.requests').top).toBe(top)
  const last = page.getByRole('button', { name: en.connect.addNamed('Network 1'), exact: true }).element()
  if (last instanceof HTMLElement) last.focus()
  await expect.poll(() => last.getBoundingClientRect().top).toBeGreaterThanOrEqual(box('section.requests').bottom)
})

test('A6: when an answered card goes away the focus does not go to the next answer', async () => {
  const two = [request({ verificationID: 'r2', peer: { ...phone, deviceName: 'iPad' } }), request()] as const
  await open(withRequests(...two))
  await button(text.notMeNamed(two[0])).click()
  fake.show(withRequests(two[1]))
  await expect.element(region).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(fake.calls()).toHaveLength(1)
  await button(text.notMeNamed(two[1])).click()
  fake.show(withRequests())
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus()
})

test.each(viewNames.filter((name) => views[name].requests.length === 0))('%s shows them too', async (name) => {
  const asks = request()
  await open({ ...views[name], requests: [asks] })
  await expect.element(button(text.acceptNamed(asks))).toBeInTheDocument()
})
