// What scrolls sideways on the page at hand, for tests.

/** What is wider than the box that it can be seen through. */
export function wideOnes(): string[] {
  return [...document.querySelectorAll('*')]
    .filter((one) => {
      const { overflowX, clipPath } = getComputedStyle(one)
      return (
        one.scrollWidth > one.clientWidth + 1 &&
        overflowX !== 'visible' &&
        clipPath === 'none' &&
        !one.matches('input, textarea, svg, svg *')
      )
    })
    .map((one) => one.outerHTML.slice(0, 80))
}
