import { proveCrashes } from '../testing/crash-proof.ts'
import { roadsIn } from '../testing/crash-roads.ts'

await proveCrashes(roadsIn)
