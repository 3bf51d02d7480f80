import { tick } from 'svelte'
import { piecesOf } from '#contract/marked-text'
import { say, spoken } from '../state/spoken.ts'

/** The control of the field at a place, as its label names it. */
export const controlAt = (form: HTMLElement, index: number): HTMLElement | null =>
  form.querySelectorAll('.field')[index]?.querySelector('label')?.control ?? null

/**
 * Takes the person to a field, with what is typed there marked, so that one key replaces it and no key loses it.
 * @param control where to
 * @param words what stands at the field now. Whoever comes to it hears that with it; to those who are there already it is said
 */
export async function bring(control: HTMLElement | null, words = ''): Promise<void> {
  await tick()
  if (control === null) return
  const isThere = document.activeElement === control
  control.focus({ preventScroll: true })
  if (control instanceof HTMLInputElement) control.select()
  control.closest('.field')?.scrollIntoView({ block: 'nearest' })
  const plain = piecesOf(words)
    .map(({ text }) => text)
    .join('')
  // The same words once more are said once more only if they are not quite the same.
  if (isThere && plain !== '') say(plain === spoken.current ? `${plain}\u00a0` : plain)
}
