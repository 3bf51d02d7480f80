import { proveSecureCrashes } from '../testing/crash-secure-proof.ts'
import { deviceRoads } from '../testing/crash-secure-roads.ts'

await proveSecureCrashes(deviceRoads)
