// Supplies the transport of two functions and shows the page nothing but functions (IPC-4). Runs in the sandbox, where a
// preload is one CommonJS file that can require little more than Electron's two renderer modules.
import { buildBridge } from '#contract/bridge-api'
import type { PublishedView } from '#contract/view'
import { contextBridge, ipcRenderer } from 'electron'
import { channels } from '../main/ipc/channels.ts'

const api = buildBridge({
  call: (name, input) => ipcRenderer.invoke(channels.command, name, input),
  listen: (listener) => {
    // The raw event stays here: it carries ipcRenderer itself.
    const onView = (_event: unknown, published: PublishedView): void => {
      listener(published)
    }
    ipcRenderer.on(channels.view, onView)
    return () => {
      ipcRenderer.off(channels.view, onView)
    }
  },
})

contextBridge.exposeInMainWorld('drawbridge', api)
