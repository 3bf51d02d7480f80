// Runs inside Electron: shows whether a page really gets its sandbox here (seccomp in filter mode).
const { app, BrowserWindow } = require('electron')
const { readFileSync } = require('node:fs')

app.disableHardwareAcceleration()
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
  await window.loadURL('about:blank')
  const status = readFileSync(`/proc/${window.webContents.getOSProcessId()}/status`, 'utf8')
  console.log(/^Seccomp:\s*2$/m.test(status) ? 'sandboxed' : 'open')
  app.exit(0)
})
