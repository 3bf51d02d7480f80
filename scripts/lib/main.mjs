import { tellTrouble } from './say.mjs'

/**
 * Runs a script's main function and turns how it ended into the exit code.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    tellTrouble(error)
    process.exitCode = 1
  }
}
