// Commands may arrive before whatever serves them is loaded, because the window opens first. They wait here.
import type { IpcMainLike } from './serve.ts'

type Listener = Parameters<IpcMainLike['handle']>[1]

/**
 * Listens on a channel at once, for a listener that comes later.
 * @param ipcMain Electron's
 * @param channel the one channel that will be served
 * @returns takes the place of ipcMain for whoever serves
 */
export function openGate(ipcMain: IpcMainLike, channel: string): IpcMainLike {
  let resolve: (listener: Listener) => void = () => undefined
  const promise = new Promise<Listener>((settle) => {
    resolve = settle
  })
  ipcMain.handle(channel, async (event, ...args) => (await promise)(event, ...args))
  return {
    handle(served, listener) {
      if (served !== channel) throw new Error('this gate has one channel')
      resolve(listener)
    },
  }
}
