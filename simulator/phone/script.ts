// What the demo phone does: it looks at the world once a second while somebody looks at it, draws what has changed, and
// sends what is tapped. Plain script in strings, because it runs in a page of its own and not in this program.
import { accounts } from './parts/accounts.ts'
import { basics } from './parts/basics.ts'
import { beeper } from './parts/beeper.ts'
import { chats } from './parts/chats.ts'
import { frame } from './parts/frame.ts'
import { mail } from './parts/mail.ts'
import { trouble } from './parts/trouble.ts'
import { verification } from './parts/verification.ts'

export const script = [basics, mail, chats, verification, trouble, beeper, accounts, frame].join('')
