import type { AppState } from './app-state.ts'

/** The pictures that the View names at this moment; no other one is ever fetched for the window (ORI-5). */
export const picturesOf = ({ connections }: AppState): readonly string[] =>
  connections.flatMap(({ stage }) => {
    if (stage.phase === 'done') return stage.person?.imageURL ?? []
    if (stage.phase !== 'step' || stage.step.type !== 'display_and_wait') return []
    return stage.step.display.type === 'emoji' ? [stage.step.display.imageURL] : []
  })
