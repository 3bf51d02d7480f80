// Whether a notification can be shown without holding up main. On Linux, Electron calls libnotify, which waits for the desktop's
// notification server within the call: where none runs and the bus is to start one that never comes up, that is a minute and
// more in which nothing of the app moves (electron#48753, electron#54210; Electron 37 to 42). So the bus is asked first, by a
// program of its own; other systems have their server always.
import { execFile } from 'node:child_process'
import { word } from '../ports.ts'
import type { Log } from '../ports.ts'

const server = 'org.freedesktop.Notifications'
const bus = 'org.freedesktop.DBus'
const limits = { start: 5_000, look: 1_000 } as const

export interface NotificationServer {
  /** Starts one if need be. */
  isReady(): Promise<boolean>
  /** Whether one runs, without starting it. */
  isRunning(): Promise<boolean>
}

export interface NotificationServerParts {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
}

/**
 * Makes what asks for the notification server.
 * @param parts the system, its environment, and the log, told once that there is nothing to ask with
 */
export function createNotificationServer({ platform, env, log }: NotificationServerParts): NotificationServer {
  const always = (): Promise<boolean> => Promise.resolve(true)
  if (platform !== 'linux') return { isReady: always, isRunning: always }
  const address = addressOf(env)
  let wasLogged = false

  async function ask(question: Question): Promise<boolean> {
    if (address === undefined) return false
    const withBus = { ...env, DBUS_SESSION_BUS_ADDRESS: address }
    // Every distribution has one of them; desktops without the first have the second.
    for (const [program, args] of [dbusSend(question), gdbus(question)] as const) {
      const answer = await run(program, args, question.limitMs, withBus)
      if (answer !== 'no-program') return answer === 'yes'
    }
    if (!wasLogged) log.warn('notification.not-asked', { reason: word('no-program') })
    wasLogged = true
    return false
  }

  return {
    isReady: () => ask({ method: 'StartServiceByName', hasFlags: true, limitMs: limits.start }),
    isRunning: () => ask({ method: 'GetNameOwner', hasFlags: false, limitMs: limits.look }),
  }
}

/** A call of the bus itself. Both fail where there is no server, so its being answered is the answer. */
interface Question {
  readonly method: 'StartServiceByName' | 'GetNameOwner'
  readonly hasFlags: boolean
  readonly limitMs: number
}

/** Named for the program that is run, which would otherwise start a bus of its own where it finds none. */
function addressOf(env: NotificationServerParts['env']): string | undefined {
  const given = env['DBUS_SESSION_BUS_ADDRESS']
  if (given !== undefined && given !== '') return given
  const folder = env['XDG_RUNTIME_DIR']
  return folder === undefined || folder === '' ? undefined : `unix:path=${folder}/bus`
}

const path = '/org/freedesktop/DBus'

const dbusSend = ({ method, hasFlags, limitMs }: Question): readonly [string, readonly string[]] => [
  'dbus-send',
  [
    '--session',
    '--print-reply',
    `--reply-timeout=${limitMs}`,
    `--dest=${bus}`,
    path,
    `${bus}.${method}`,
    `string:${server}`,
    ...(hasFlags ? ['uint32:0'] : []),
  ],
]

const gdbus = ({ method, hasFlags, limitMs }: Question): readonly [string, readonly string[]] => [
  'gdbus',
  [
    ...['call', '--session', '--timeout', String(limitMs / 1000), '--dest', bus, '--object-path', path],
    ...['--method', `${bus}.${method}`, server],
    ...(hasFlags ? ['0'] : []),
  ],
]

function run(
  program: string,
  args: readonly string[],
  limitMs: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<'yes' | 'no' | 'no-program'> {
  return new Promise((resolve) => {
    try {
      execFile(program, args, { env, timeout: limitMs + 500, killSignal: 'SIGKILL' }, (error) => {
        if (error === null) resolve('yes')
        else resolve(error.code === 'ENOENT' ? 'no-program' : 'no')
      })
    } catch {
      // Node throws where the system has no room for another process; then there is no answer either.
      resolve('no')
    }
  })
}
