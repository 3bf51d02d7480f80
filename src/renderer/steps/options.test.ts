// Choices that are all there is to answer, and pictures and sounds beside a form.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { captcha, choice, formOf, formView, formViews } from '../gallery/form-views.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const option = (name: string) =>
  page.getByRole('list', { name: choice.label }).getByRole('button', { name, exact: true })
const submission = (fields: Record<string, string>) => ({
  name: 'connect.submit',
  input: { connectionID: 'c1', fields, isSure: false },
})

test('each option is a button, sent word for word by one click', async () => {
  await open(formViews['form-choice'])
  await option('Text message').click()
  expect(fake.calls()).toEqual([submission({ mfatype: 'Text message' })])
})

test('two clicks send one, and the one that was chosen shows that it works', async () => {
  await open(formViews['form-choice'])
  await option('Email').dblClick()
  expect(fake.calls()).toHaveLength(1)
  fake.show(formView(formOf([choice]), { isBusy: true }, 'Facebook'))
  await expect.element(option('Email')).toHaveAttribute('aria-disabled', 'true')
  expect(option('Email').element().querySelector('.spinner')).not.toBeNull()
  expect(option('WhatsApp').element().querySelector('.spinner')).toBeNull()
  const other = option('WhatsApp').element()
  if (other instanceof HTMLElement) other.click()
  expect(fake.calls()).toHaveLength(1)
})

test('a refused choice says why, once, and is at hand', async () => {
  await open(formViews['form-choice'])
  await option('Text message').click()
  const step = formOf([choice], { instructions: 'No number is known. Choose another way.' })
  fake.show(formView(step, { isRejected: true, serial: 2 }, 'Facebook'))
  await expect.element(page.getByRole('alert').getByText('No number is known.', { exact: false })).toBeVisible()
  expect(page.getByText('No number is known.', { exact: false }).elements()).toHaveLength(1)
  await expect.element(page.getByText('Choose how to finish', { exact: false })).toBeVisible()
  await expect.element(option('Text message')).toHaveFocus()
})

test('R22: a choice of one is a button that is called so', async () => {
  await open(formViews['form-continue'])
  await expect.element(page.getByText('Confirm on your phone')).toBeVisible()
  expect(page.getByRole('list', { name: 'Confirm on your phone' }).elements()).toHaveLength(0)
  await button('I have confirmed it').dblClick()
  expect(fake.calls()).toEqual([submission({ mfatype: 'I have confirmed it' })])
})

test('a choice that may stay open can be skipped', async () => {
  await open(formView(formOf([{ ...choice, isRequired: false }])))
  await button(en.form.skip).click()
  expect(fake.calls()).toEqual([submission({})])
})

test('more than a person looks through is the system’s own list', async () => {
  const options = Array.from({ length: 60 }, (_, index) => `Workspace ${String(index + 1)}`)
  await open(formView(formOf([{ ...choice, options }])))
  const list = page.getByRole('combobox', { name: choice.label })
  await button(en.form.submit).click()
  await expect.element(list).toHaveAccessibleDescription(en.form.needed)
  await list.selectOptions('Workspace 42')
  await button(en.form.submit).click()
  expect(fake.calls().filter(({ name }) => name === 'connect.submit')).toEqual([
    submission({ mfatype: 'Workspace 42' }),
  ])
})

test('a way is chosen by keyboard', async () => {
  await open(formViews['form-choice'])
  const first = option('Notification on another device').element()
  for (let presses = 0; document.activeElement !== first && presses < 20; presses += 1)
    await userEvent.keyboard('{Tab}')
  await userEvent.keyboard('{Tab}{Enter}')
  expect(fake.calls()).toEqual([submission({ mfatype: 'Authentication app' })])
})

test('a puzzle is a picture that can be made larger, and a sound', async () => {
  await open(formView(captcha, {}, 'Facebook'))
  const picture = page.getByRole('img', { name: en.form.pictureAlt('Facebook', 'captcha.png') })
  await expect.element(picture).toBeVisible()
  await button(en.form.enlarge).click()
  const dialog = page.getByRole('dialog', { name: en.form.pictureAlt('Facebook', '') })
  await expect.element(dialog).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(button(en.form.enlarge)).toHaveFocus()
  const sound = page.getByLabelText(en.form.soundLabel('Facebook', 'captcha.wav')).element()
  if (!(sound instanceof HTMLAudioElement)) throw new Error('no sound')
  await expect.poll(() => sound.duration).toBeGreaterThan(0)
  expect(sound.paused).toBe(true)
})

test('a picture that cannot be read is said to be, and the next one is shown', async () => {
  const broken = { kind: 'picture', name: 'broken.png', dataURL: 'data:image/png;base64,iVBORw0KGgo=' } as const
  await open(formView({ ...captcha, attachments: [broken] }))
  await expect.element(page.getByText(en.form.pictureBroken)).toBeVisible()
  fake.show(formView(captcha, { isRejected: true, serial: 2 }))
  await expect.element(page.getByRole('img', { name: en.form.pictureAlt('Telegram', 'captcha.png') })).toBeVisible()
  await expect.element(page.getByText(en.form.pictureBroken)).not.toBeInTheDocument()
})
