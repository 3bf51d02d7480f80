// `npm run simulator -- --port 23373 --scenario NAME`: the simulator as a process of its own.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isAddressHere, isHostName } from './loopback.ts'
import { isScenarioName, scenarioNames, scenarios } from './scenarios/register.ts'
import { startSimulator, type SimulatorOptions } from './simulator.ts'

const usage = `Runs a simulated Beeper server on this computer.

  --port NUMBER      where to listen (default 23373; 0 takes a free port)
  --host ADDRESS     which address of this computer: 127.0.0.1 (default), another 127.*, ::1 or localhost
  --tls              speak https, with a certificate made for this run; needs --tls-ca
  --tls-ca FILE      where to write the certificate (PEM) of the authority to trust for that
  --name NAME        the host name in the address, where it is not --host
  --scenario NAME    how the story starts (default new-account; see --list)
  --seed NUMBER      same seed, same codes and keys (default 1)
  --scale NUMBER     how fast time passes (default 1, real time)
  --list             name the scenarios
  --help             show this`

class UsageError extends Error {}

function readNumber(text: string, name: string, isFine: (value: number) => boolean): number {
  const value = Number(text)
  if (text.trim() === '' || !isFine(value)) throw new UsageError(`--${name} cannot be "${text}". See --help.`)
  return value
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '23373' },
        host: { type: 'string', default: '127.0.0.1' },
        tls: { type: 'boolean', default: false },
        'tls-ca': { type: 'string' },
        name: { type: 'string' },
        scenario: { type: 'string', default: 'new-account' },
        seed: { type: 'string', default: '1' },
        scale: { type: 'string', default: '1' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}. See --help.`)
  }
}

/** Makes an authority and a certificate of it for all names of this computer; tells in a file whom to trust. */
async function certify(caFile: string | undefined, names: readonly string[]): Promise<SimulatorOptions['tls']> {
  if (caFile === undefined) throw new UsageError('--tls needs --tls-ca FILE, to say whom to trust. See --help.')
  const { createAuthority } = await import('./certificates.ts')
  const authority = await createAuthority()
  const certificate = await authority.issue({ names: [...new Set([...names, 'localhost', '127.0.0.1', '::1'])] })
  try {
    writeFileSync(caFile, authority.cert)
  } catch (error) {
    throw new UsageError(`--tls-ca cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
  return certificate
}

async function run(): Promise<void> {
  const values = readArguments()
  if (values.help) {
    console.log(usage)
    return
  }
  if (values.list) {
    const width = Math.max(...scenarioNames.map((name) => name.length))
    for (const name of scenarioNames) console.log(`${name.padEnd(width)}  ${scenarios[name].summary}`)
    return
  }
  const { host, name, scenario } = values
  if (!isScenarioName(scenario)) throw new UsageError(`There is no scenario "${scenario}". --list names them.`)
  if (!isAddressHere(host)) throw new UsageError(`--host cannot be "${host}". See --help.`)
  if (name !== undefined && !isHostName(name)) throw new UsageError(`--name cannot be "${name}". See --help.`)
  const caFile = values['tls-ca']
  if (!values.tls && caFile !== undefined) throw new UsageError('--tls-ca goes with --tls. See --help.')
  const tls = values.tls ? await certify(caFile, [name ?? host, host]) : undefined
  const simulator = await startSimulator({
    host,
    ...(name !== undefined && { name }),
    ...(tls !== undefined && { tls }),
    port: readNumber(values.port, 'port', (port) => Number.isInteger(port) && port >= 0 && port < 65_536),
    scenario,
    seed: readNumber(values.seed, 'seed', Number.isInteger),
    timeScale: readNumber(values.scale, 'scale', (scale) => Number.isFinite(scale) && scale >= 0),
    log: console.log,
  })
  console.log(`Beeper, simulated   ${simulator.origin}`)
  console.log(`Demo phone          ${simulator.phoneURL}`)
  console.log(`Control API         ${simulator.controlURL}`)
  if (caFile !== undefined) console.log(`Authority to trust  ${caFile}`)
  console.log(`Scenario            ${scenario}: ${scenarios[scenario].summary}`)
  console.log('Ctrl-C ends it.')
  const end = (): void => {
    void simulator.close().then(() => {
      process.exit(0)
    })
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}

run().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    console.error('That port is taken, perhaps by Beeper itself. Take another one: --port 0 finds a free one.')
  } else if (code === 'EACCES') console.error('That port is not allowed. Ports from 1024 up are: --port 23373.')
  else console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
})
