// What axe objects to on the page at hand, for tests.
import axe from 'axe-core'

/** @returns for each rule that is broken its name and the elements that break it */
export async function objections(): Promise<string[][]> {
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })
  return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])
}
