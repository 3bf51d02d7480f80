import { proveCrashes } from '../testing/crash-proof.ts'
import { roadsOn } from '../testing/crash-roads.ts'

await proveCrashes(roadsOn)
