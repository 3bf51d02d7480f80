import { linksIn } from '#contract/marked-text'
import type { ConnectState } from './connect-state.ts'

/** Every text of a server or network that is on the screen. */
const textsOf = ({ stage, flows }: ConnectState): readonly string[] => {
  switch (stage.phase) {
    case 'choosing':
      return flows.map(({ description }) => description)
    case 'step': {
      const { step, problem } = stage
      const own = [...('instructions' in step ? [step.instructions] : []), problem?.says ?? '']
      if (step.type === 'display_and_wait' && step.display.type === 'code') return [...own, step.display.data]
      if (step.type === 'user_input') return [...own, ...step.fields.map(({ description }) => description)]
      return own
    }
    case 'done':
      return [stage.instructions, stage.statusText]
    case 'failed':
      return [stage.problem.says ?? '']
    case 'loading':
    case 'starting':
    case 'interrupted':
    case 'resuming':
    case 'left':
      return []
  }
}

/**
 * The links that a connection shows at this moment; no other one is ever opened for the window.
 * @param connection where it stands
 */
export function linksOf(connection: ConnectState): readonly string[] {
  const { stage } = connection
  const site = stage.phase === 'step' && stage.step.type === 'cookies' ? [stage.step.url] : []
  return [...site, ...textsOf(connection).flatMap(linksIn)]
}
