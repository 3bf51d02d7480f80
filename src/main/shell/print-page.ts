// Prints the page of the app window, which has a style for paper (A2): no copy of the key leaves the page but to the printer.
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { Log } from '../ports.ts'
import { word } from '../ports.ts'

/** The part of Electron's web contents that is needed here. */
export interface PrintedContents {
  isDestroyed(): boolean
  print(
    options: { readonly silent: boolean; readonly printBackground: boolean },
    callback: (isDone: boolean, failureReason: string) => void,
  ): void
  once(event: 'destroyed', listener: () => void): unknown
  off(event: 'destroyed', listener: () => void): unknown
}

/**
 * [Note: why a page was not printed] Electron tells it in English, alike on all systems. A dialog that was closed is "Print job
 * canceled" (before Electron 17 "cancelled"); "Print job failed" and "Invalid printer settings" are in its manual too. Linux
 * without any printer says "Failed to enumerate printers" and shows no dialog (seen on Electron 33), so that not even a
 * PDF can be made there.
 */
const canceled = /cancell?ed/i
const reasons: ReadonlyMap<string, string> = new Map([
  ['Print job failed', 'job'],
  ['Invalid printer settings', 'settings'],
  ['Failed to enumerate printers', 'no-printer'],
  ['No printers available on the network', 'no-printer'],
])

/** Pages whose dialog is open. */
const open = new WeakMap<PrintedContents, Promise<Result<{ readonly isPrinted: boolean }>>>()

/**
 * Shows the system's print dialog for the page and waits until it is closed. While one is open, there is no second.
 * @param contents the page of the app window, if there is one
 * @param log told why it failed, by code
 * @returns whether the page was handed to a printer; false when the person closed the dialog. Problem `security.print-failed`.
 */
export function printPage(
  contents: PrintedContents | undefined,
  log: Log,
): Promise<Result<{ readonly isPrinted: boolean }>> {
  if (contents === undefined || contents.isDestroyed()) return Promise.resolve(notPrinted(log, 'no-page'))
  const running = open.get(contents)
  if (running !== undefined) return running
  const printing = print(contents, log).finally(() => {
    open.delete(contents)
  })
  open.set(contents, printing)
  return printing
}

function print(contents: PrintedContents, log: Log): Promise<Result<{ readonly isPrinted: boolean }>> {
  return new Promise((resolve) => {
    // Nothing calls back once the window is gone.
    const onDestroyed = (): void => {
      resolve(ok({ isPrinted: false }))
    }
    contents.once('destroyed', onDestroyed)
    try {
      contents.print({ silent: false, printBackground: false }, (isDone, failureReason) => {
        contents.off('destroyed', onDestroyed)
        if (isDone) resolve(ok({ isPrinted: true }))
        else if (canceled.test(failureReason)) resolve(ok({ isPrinted: false }))
        else resolve(notPrinted(log, reasons.get(failureReason) ?? 'unknown'))
      })
    } catch (error) {
      contents.off('destroyed', onDestroyed)
      log.error('print.threw', error)
      resolve(failed({ code: 'security.print-failed', retry: 'now' }))
    }
  })
}

function notPrinted(log: Log, reason: string): Result<never> {
  log.warn('print.failed', { reason: word(reason) })
  return failed({ code: 'security.print-failed', retry: 'now', detail: reason })
}
