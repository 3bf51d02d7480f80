import { Trouble } from './say.mjs'

/**
 * Reads the command line of the test run.
 * @param {readonly string[]} argv
 * @param {readonly string[]} known names of the steps, in order
 * @returns {{ names: string[], args: string[] }} the steps to run, and the arguments for the last one's runner
 */
export function chooseSteps(argv, known) {
  const cut = argv.indexOf('--')
  const own = cut < 0 ? [...argv] : argv.slice(0, cut)
  const args = cut < 0 ? [] : argv.slice(cut + 1)
  let names = [...known]
  while (own.length > 0) {
    const option = own.shift() ?? ''
    const [flag, joined] = option.split('=', 2)
    if (flag !== '--only' && flag !== '--skip') throw new Trouble(`${option} is not an option here.`, usage(known))
    const list = (joined ?? own.shift() ?? '').split(',').filter(Boolean)
    const unknown = list.find((name) => !known.includes(name))
    if (list.length === 0 || unknown !== undefined)
      throw new Trouble(`${flag} ${unknown ?? ''} names no step.`, usage(known))
    names = names.filter((name) => list.includes(name) === (flag === '--only'))
  }
  return { names, args }
}

/** @param {readonly string[]} known */
function usage(known) {
  return `Use --only or --skip with ${known.join(', ')}; what follows -- goes to the runner of the last step.`
}
