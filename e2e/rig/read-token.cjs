// Reads a token from the keychain of the session it is started in, keeps one or removes one, through the app's own library.
// A process of its own, because the library keeps to the first session that it has seen.
const { readFileSync } = require('node:fs')
const keytar = require('keytar')

const [, , method, account] = process.argv

async function main() {
  if (method === 'get') process.stdout.write((await keytar.getPassword('Drawbridge', account)) ?? '')
  else if (method === 'put') await keytar.setPassword('Drawbridge', account, readFileSync(0, 'utf8'))
  else if (method === 'remove') await keytar.deletePassword('Drawbridge', account)
  else {
    await keytar.setPassword('Drawbridge rig', account, 'there')
    await keytar.deletePassword('Drawbridge rig', account)
  }
}

main().catch((error) => {
  process.stderr.write(String(error))
  process.exit(1)
})
