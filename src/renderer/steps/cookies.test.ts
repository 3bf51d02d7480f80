// Values that a sign-in on a website leaves behind, handed over by hand.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { cookie, cookies, formView, formViews } from '../gallery/form-views.ts'

const text = en.cookies
const button = (name: string) => page.getByRole('button', { name, exact: true })
const step = { ...cookies, fields: [cookie('sid'), cookie('d'), cookie('extra', { isRequired: false })] }
const field = (name: string, note: string = text.kinds.cookie) =>
  page.getByLabelText(`${name} ${note}`, { exact: true })
const sent = () => fake.calls().filter(({ name }) => name === 'connect.submit')
const submission = (fields: Record<string, string>, isSure = false) => ({
  name: 'connect.submit',
  input: { connectionID: 'c1', fields, isSure },
})

/** Pastes as a person does. @returns whether the page took it apart */
function paste(into: Element, pasted: string): boolean {
  const data = new DataTransfer()
  data.setData('text/plain', pasted)
  return !into.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}

test('other ways come first, and the website is opened after a look at where it is', async () => {
  await open(formViews['form-cookies'])
  const others = page.getByRole('region', { name: en.connection.otherWays.title }).element()
  const byHand = page.getByRole('region', { name: text.byHand }).element()
  expect(others.compareDocumentPosition(byHand)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  await expect.element(page.getByText(text.inBeeper('Slack'))).toBeVisible()
  await button(text.open('slack.com')).click()
  const dialog = page.getByRole('dialog', { name: en.connection.link.title })
  await expect.element(dialog.getByText('slack.com', { exact: true })).toBeVisible()
  expect(fake.calls()).toEqual([])
  await button(en.connection.link.open).click()
  expect(fake.calls()).toEqual([
    { name: 'connect.openLink', input: { connectionID: 'c1', url: 'https://slack.com/signin' } },
  ])
})

test.each(['', 'javascript:alert(1)', 'http://slack.com/', 'slack://x'])('%j is no website to open', async (url) => {
  await open(formView({ ...cookies, url }))
  expect(page.getByRole('button', { name: /^Open /u }).elements()).toHaveLength(0)
})

test('values are masked, named with where they are found, and not known to the browser', async () => {
  await open(formViews['form-cookies'])
  for (const name of [
    field('auth_token', text.kinds.other),
    field('d'),
    field('X-Slack-User', `${text.kinds.header}, ${en.form.optional}`),
    field('localConfig_v2', text.kinds.local_storage),
  ]) {
    await expect.element(name).toHaveAttribute('type', 'password')
    await expect.element(name).toHaveAttribute('autocomplete', 'off')
  }
  await page.getByText(text.howTo).click()
  await expect.element(page.getByText(text.places.local_storage)).toBeVisible()
})

test('they are typed one by one and go out together; none is kept', async () => {
  await open(formView(step))
  await field('sid').click()
  await userEvent.keyboard('one{Tab}{Tab}two{Enter}')
  expect(fake.calls()).toEqual([submission({ sid: 'one', d: 'two', extra: '' })])
})

test.each([
  ['a header', 'Cookie: sid=one; d=two; other=x'],
  ['an export', '[{"name":"d","value":"two"},{"name":"sid","value":"one"}]'],
])('%s fills all that it names, from any field', async (_, pasted) => {
  await open(formView(step))
  await expect.element(page.getByText(text.missing(['sid', 'd']), { exact: false })).toBeVisible()
  const into = field('extra', `${text.kinds.cookie}, ${en.form.optional}`)
  expect(paste(into.element(), pasted)).toBe(true)
  await expect.element(field('sid')).toHaveValue('one')
  await expect.element(page.getByRole('status').getByText(text.complete)).toBeVisible()
  await button(en.form.submit).click()
  expect(sent()).toEqual([submission({ sid: 'one', d: 'two', extra: '' })])
})

test('a single value goes where it is pasted', async () => {
  await open(formView(step))
  expect(paste(field('sid').element(), 'xoxd-abc==')).toBe(false)
})

test('what is missing is named, and left out after a second yes', async () => {
  await open(formView(step))
  await field('d').fill('two')
  await button(en.form.submit).click()
  await expect.element(field('sid')).toHaveFocus()
  await expect.element(field('sid')).toHaveAccessibleDescription(en.form.needed)
  expect(sent()).toEqual([])
  await button(text.sendWithout).click()
  const dialog = page.getByRole('dialog', { name: text.withoutTitle(1) })
  await expect.element(dialog.getByText(text.missing(['sid']), { exact: false })).toBeVisible()
  await dialog.getByRole('button', { name: text.withoutNo }).click()
  expect(sent()).toEqual([])
  await button(text.sendWithout).click()
  await dialog.getByRole('button', { name: text.sendWithout }).click()
  expect(sent()).toEqual([submission({ sid: '', d: 'two', extra: '' }, true)])
})

test('nothing at all is not sent, however sure', async () => {
  await open(formView(step))
  await button(en.form.submit).click()
  await expect.element(field('sid')).toHaveAttribute('aria-invalid', 'true')
  expect(button(text.sendWithout).elements()).toHaveLength(0)
})

test('a value that does not look right is said to be, and goes out when the person is sure', async () => {
  await open(formView(step, {}, 'Slack'))
  paste(field('sid').element(), 'sid=one; d=two')
  await button(en.form.submit).click()
  fake.show(formView(step, { unfit: ['d'], serial: 80 }, 'Slack'))
  await expect.element(field('d')).toHaveFocus()
  await expect.element(field('d')).toHaveAccessibleDescription(en.form.unfit('Slack'))
  await button(en.form.sendAnyway).click()
  expect(sent()[1]).toEqual(submission({ sid: 'one', d: 'two', extra: '' }, true))
})

test('refused values are spoken for above them', async () => {
  await open(formView(step, {}, 'Slack'))
  paste(field('sid').element(), 'sid=one; d=two')
  await button(en.form.submit).dblClick()
  expect(sent()).toHaveLength(1)
  fake.show(formView(step, { isBusy: true }, 'Slack'))
  await expect.element(button(en.form.submitting)).toHaveAttribute('aria-disabled', 'true')
  fake.show(formView({ ...step, instructions: 'Stale.' }, { isRejected: true, serial: 2 }, 'Slack'))
  await expect.element(page.getByRole('alert').getByText('Stale.')).toBeVisible()
  expect(page.getByText('Stale.').elements()).toHaveLength(1)
  await expect.element(field('sid')).toHaveFocus()
  await expect.element(field('sid')).toHaveValue('one')
})
