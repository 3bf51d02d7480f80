// Goes into the stand-in runtime as its `default_app.asar`: what makes `electron .` load the app in the folder `.`.
// It runs inside Electron, never in Node.
import { app } from 'electron'
import fs from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const args = process.argv.slice(1)
const preload = []
let target = null
for (let i = 0; i < args.length; i++) {
  const arg = args[i]
  if (arg === '-v' || arg === '--version') {
    console.log(`v${process.versions.electron}`)
    process.exit(0)
  }
  // Playwright passes a file this way.
  if (arg === '-r' || arg === '--require') preload.push(args[++i])
  else if (!arg.startsWith('-')) {
    target = arg
    break
  }
}
if (!target) process.exit(1)
if (preload.length > 0) Module._preloadModules(preload)
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })

const folder = path.resolve(target)
const manifest = path.join(folder, 'package.json')
if (fs.existsSync(manifest)) {
  const { name, productName, version, desktopName } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
  if (version) app.setVersion(version)
  if (productName || name) app.setName(productName || name)
  app.setDesktopName(desktopName || `${app.getName()}.desktop`)
}
app.setAppPath(fs.existsSync(manifest) ? folder : path.dirname(folder))
try {
  // The await holds back the ready event until the app's own code has run.
  await import(pathToFileURL(Module._resolveFilename(folder, null, true)).href)
} catch (error) {
  console.error('App threw an error during load\n', error)
  process.exit(1)
}
