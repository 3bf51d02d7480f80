import type { Serve } from '../api.ts'
import { ApiFailure } from '../failure.ts'

/** What a plain GET gets; the upgrade itself is served in events.ts. */
export function serveEventsUpgrade(serve: Serve): void {
  serve('connectEvents', () => {
    throw new ApiFailure(426, 'upgrade_required', 'This is a WebSocket')
  })
}
