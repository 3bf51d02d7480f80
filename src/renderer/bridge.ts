// The only file that knows how the API reached the window: the preload exposes it, the gallery and tests put a fake there.
import type { BridgeApi } from '#contract/bridge-api'

declare global {
  interface Window {
    readonly drawbridge?: BridgeApi
  }
}

function reached(): BridgeApi {
  if (window.drawbridge === undefined) throw new Error('the preload did not expose its API')
  return window.drawbridge
}

export const bridge: BridgeApi = reached()
