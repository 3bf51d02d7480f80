// Reads one token from the keychain of the session it is started in, through the app's own library. A process of its own,
// because the library keeps to the first session that it has seen.
const keytar = require('keytar')

const [, , method, account] = process.argv

async function main() {
  if (method === 'get') process.stdout.write((await keytar.getPassword('Drawbridge', account)) ?? '')
  else {
    await keytar.setPassword('Drawbridge rig', account, 'there')
    await keytar.deletePassword('Drawbridge rig', account)
  }
}

main().catch((error) => {
  process.stderr.write(String(error))
  process.exit(1)
})
