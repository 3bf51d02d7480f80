// What becomes of a form that nobody has sent yet, and of one that is sent twice.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { View } from '#contract/view'
import { en } from '#messages/en'
import { field } from '../gallery/connect-views.ts'
import { code, formOf, formView, password } from '../gallery/form-views.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const label = (name: string) => page.getByLabelText(name, { exact: true })
const sent = () => fake.calls().filter(({ name }) => name === 'connect.submit')
const kept = () => fake.calls().filter(({ name }) => name === 'connect.keep')
const text = field('text', { label: 'Name' })
const email = field('email', { type: 'email', label: 'Email' })

/** The same View as a connection of its own. */
function ofConnection(view: View, connectionID: string): View {
  const { screen } = view
  if (screen.name !== 'connection') throw new Error('not a connection')
  return { ...view, screen: { ...screen, connection: { ...screen.connection, connectionID } } }
}

test('A4: what was typed is handed over when it rests, without secrets', async () => {
  await open(formView(formOf([text, password, code, { ...text, id: 'puzzle', type: 'captcha', label: 'Puzzle' }])))
  const keeping = (typed: string) => ({ name: 'connect.keep', input: { connectionID: 'c1', fields: { text: typed } } })
  await userEvent.keyboard('Ada')
  await expect.poll(kept).toEqual([keeping('Ada')])
  await userEvent.keyboard('{Tab}hunter2{Tab}{Tab}123456{Tab}w4lrus')
  await label('Name').click()
  await userEvent.keyboard('{End}!{Tab}')
  await expect.poll(kept).toEqual([keeping('Ada'), keeping('Ada!')])
})

test('A7: looking elsewhere in the middle of a word loses nothing, and another connection gets nothing of it', async () => {
  const view = formView(formOf([text]))
  await open(view)
  await userEvent.keyboard('Ad')
  fake.show(ofConnection(formView(formOf([text, email])), 'c2'))
  await expect.element(label('Email')).toBeVisible()
  expect(kept()).toEqual([{ name: 'connect.keep', input: { connectionID: 'c1', fields: { text: 'Ad' } } }])
  await expect.element(label('Name')).toHaveValue('')
})

test('A4: what was a secret is gone when its form comes back', async () => {
  const view = formView(formOf([text, password]))
  await open(view)
  await userEvent.keyboard('Ada{Tab}hunter2')
  fake.show(ofConnection(formView(formOf([email])), 'c2'))
  await expect.element(label('Email')).toBeVisible()
  fake.show(formView(formOf([{ ...text, initialValue: 'Ada' }, password])))
  await expect.element(label('Name')).toHaveValue('Ada')
  await expect.element(label(password.label)).toHaveValue('')
})

test('a double click, or Enter and a click, send once', async () => {
  await open(formView(formOf([text])))
  await userEvent.keyboard('Ada')
  await button(en.form.submit).dblClick()
  expect(sent()).toHaveLength(1)
  await open(formView(formOf([text])))
  await label('Name').fill('Ada')
  const form = document.querySelector('form')
  form?.requestSubmit()
  form?.querySelector<HTMLElement>('[type=submit]')?.click()
  expect(sent()).toHaveLength(1)
  fake.show(formView(formOf([text]), { isBusy: true }))
  await expect.element(button(en.form.submitting)).toBeVisible()
  form?.requestSubmit()
  expect(sent()).toHaveLength(1)
})
