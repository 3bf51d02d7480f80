import { bridge } from '../bridge.ts'
import { mirror } from './mirror.ts'
import { reactive } from './reactive.ts'

/** The View that main published last. */
export const app = reactive(mirror(bridge).store)
