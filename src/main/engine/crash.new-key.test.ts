import { proveSecureCrashes } from '../testing/crash-secure-proof.ts'
import { keyRoads } from '../testing/crash-secure-roads.ts'

await proveSecureCrashes(keyRoads)
