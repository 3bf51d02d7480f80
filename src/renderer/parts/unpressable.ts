/** Longer than a double click takes, shorter than reading what has appeared. */
const forMs = 500

/**
 * Lets no pointer through to what has only just appeared, so that a press meant for what was there before it is not taken for
 * an answer. The keyboard is not affected: what appears has no focus. Use as an attachment.
 * @param node what has appeared
 * @returns how to stop when it goes away sooner
 */
export function unpressable(node: HTMLElement): () => void {
  node.style.pointerEvents = 'none'
  const timer = setTimeout(() => node.style.removeProperty('pointer-events'), forMs)
  return () => {
    clearTimeout(timer)
  }
}
