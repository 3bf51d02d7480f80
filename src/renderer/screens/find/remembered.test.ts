// What can be done with a server that is remembered: another name, and forgetting it.
import { fake, open } from '../../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { findView, findViews, several } from '../../gallery/find-views.ts'

const text = en.find
const button = (name: string | RegExp) => page.getByRole('button', { name })
const item = (name: string) => page.getByRole('menuitem', { name })
const dialog = () => page.getByRole('dialog')
const more = () => button(text.moreNamed('Attic'))
const origin = 'https://beeper.example.org'

async function choose(label: string): Promise<void> {
  await more().click()
  await item(label).click()
}

test('only what is remembered has a menu', async () => {
  await open(findViews['find-several'])
  await expect.element(more()).toBeVisible()
  await expect.element(button(text.moreNamed('Beeper Server'))).not.toBeInTheDocument()
})

test('the menu by keyboard: arrows go round, letters jump, Escape closes and gives the focus back', async () => {
  await open(findViews['find-several'])
  await expect.element(item(text.rename)).not.toBeInTheDocument()
  more().element().focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(item(text.rename)).toHaveFocus()
  await expect.element(more()).toHaveAttribute('aria-expanded', 'true')
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(item(text.forget)).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(item(text.rename)).toHaveFocus()
  await userEvent.keyboard('{ArrowUp}')
  await expect.element(item(text.forget)).toHaveFocus()
  await userEvent.keyboard('{Home}')
  await expect.element(item(text.rename)).toHaveFocus()
  await userEvent.keyboard('{End}')
  await expect.element(item(text.forget)).toHaveFocus()
  await userEvent.keyboard('r')
  await expect.element(item(text.rename)).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(more()).toHaveFocus()
  await expect.element(more()).toHaveAttribute('aria-expanded', 'false')
  await userEvent.keyboard('{ArrowUp}')
  await expect.element(item(text.forget)).toHaveFocus()
})

test('Tab leaves the menu, a press elsewhere closes it', async () => {
  await open(findViews['find-several'])
  more().element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(item(text.rename)).toHaveFocus()
  await userEvent.keyboard('{Tab}')
  await expect.element(button(text.actionsNamed['signed-in']('Beeper Server'))).toHaveFocus()
  await more().click()
  await expect.element(item(text.rename)).toBeVisible()
  await page.getByRole('heading', { level: 1 }).click()
  await expect.element(item(text.rename)).not.toBeInTheDocument()
})

test('a new name, by keyboard', async () => {
  await open(findViews['find-several'])
  more().element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(item(text.rename)).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByLabelText(text.renameLabel, { exact: true })).toHaveFocus()
  await userEvent.keyboard('  Under the roof {Enter}')
  expect(fake.calls()).toEqual([{ name: 'find.rename', input: { origin, name: 'Under the roof' } }])
  await expect.element(dialog()).not.toBeInTheDocument()
  await expect.element(more()).toHaveFocus()
})

test('an empty name gives back its own', async () => {
  await open(findViews['find-several'])
  await choose(text.rename)
  await userEvent.keyboard('{Delete}')
  await button(text.renameSave).click()
  expect(fake.calls()).toEqual([{ name: 'find.rename', input: { origin, name: '' } }])
})

test('the same name, and backing out, change nothing', async () => {
  await open(findViews['find-several'])
  await choose(text.rename)
  await button(text.renameSave).click()
  await choose(text.rename)
  await userEvent.keyboard('Other{Escape}')
  await expect.element(dialog()).not.toBeInTheDocument()
  expect(fake.calls()).toEqual([])
})

test('forgetting says what goes and what stays, and begins at the way back', async () => {
  await open(findViews['find-several'])
  await choose(text.forget)
  await expect.element(dialog()).toHaveTextContent(text.forgetTitle('Attic'))
  await expect.element(dialog()).toHaveTextContent(text.forgetGoes)
  await expect.element(dialog()).toHaveTextContent(text.forgetStays)
  await expect.element(button(text.forgetNo)).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog()).not.toBeInTheDocument()
  expect(fake.calls()).toEqual([])
  await choose(text.forget)
  await button(text.forgetYes).click()
  expect(fake.calls()).toEqual([{ name: 'find.forget', input: { origin } }])
})

test('while it is being forgotten its row says so and offers nothing; then it is gone, which is said', async () => {
  await open(findViews['find-several'])
  await choose(text.forget)
  await button(text.forgetYes).click()
  fake.show(findViews['find-forgetting'])
  await expect.element(page.getByText(text.forgetting)).toBeVisible()
  await expect.element(button(text.actionsNamed.ready('Attic'))).not.toBeInTheDocument()
  await expect.element(more()).toHaveFocus()
  await userEvent.keyboard('{Enter}{ArrowDown}')
  await expect.element(item(text.rename)).not.toBeInTheDocument()
  fake.show(findView({ beepers: several.filter((one) => one.origin !== origin) }))
  await expect.element(page.getByText(text.forgotten('Attic'))).toBeInTheDocument()
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus()
})

test('what could not be forgotten stays, with its menu, and the problem is said', async () => {
  await open(findViews['find-forgetting'])
  fake.show(findView({ beepers: several, problem: { code: 'account.not-forgotten', retry: 'now' } }))
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(en.keychain.problems.linux['account.not-forgotten'].title)
  await expect.element(page.getByText(text.forgotten('Attic'))).not.toBeInTheDocument()
  await choose(text.forget)
  await expect.element(dialog()).toBeVisible()
})
