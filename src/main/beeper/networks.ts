// The lists of networks, accounts and ways to sign in. They are decoded item by item: one that is broken is nobody's reason
// to show nothing.
import { accountsFrom, flowsFrom, networksFrom, zBareItems, zItems } from '#contract/beeper/networks'
import type { ChatAccount, LoginFlow, Network } from '#contract/beeper/networks'
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { Target } from './request.ts'
import { callSafely } from './retry.ts'

/** Reads all networks and all accounts, side by side. */
export async function readNetworks(
  target: Target,
): Promise<Result<{ readonly networks: readonly Network[]; readonly accounts: readonly ChatAccount[] }>> {
  const [bridges, accounts] = await Promise.all([
    callSafely('listBridges', target, {}, { schema: zItems }),
    callSafely('getAccounts', target, {}, { schema: zBareItems }),
  ])
  if (!bridges.ok) return failed(bridges.problem)
  if (!accounts.ok) return failed(accounts.problem)
  return ok({ networks: networksFrom(bridges.value.items), accounts: accountsFrom(accounts.value) })
}

/** Reads the ways to sign in to a network. */
export async function readFlows(target: Target, bridgeID: string): Promise<Result<readonly LoginFlow[]>> {
  const flows = await callSafely('listBridgeLoginFlows', target, { path: { bridgeID } }, { schema: zItems })
  return flows.ok ? ok(flowsFrom(flows.value.items)) : failed(flows.problem)
}
