// Saves the recovery key where the person says (A2): a file that only they can read.
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { Messages } from '#messages/en'
import { randomBytes } from 'node:crypto'
import { open, realpath, rename, rm } from 'node:fs/promises'
import type { Log } from '../ports.ts'

/** Asks where to save; Electron's `dialog.showSaveDialog` with its window bound. */
export type AskWhere = (options: {
  title: string
  buttonLabel: string
  defaultPath: string
  filters: { name: string; extensions: string[] }[]
  properties: ('showOverwriteConfirmation' | 'dontAddToRecent' | 'createDirectory')[]
}) => Promise<{ canceled: boolean; filePath: string }>

export interface RecoveryFileParts {
  readonly askWhere: AskWhere
  readonly words: Messages['native']['saveRecoveryKey']
  readonly log: Log
}

/**
 * Asks where to save the key and saves it there.
 * @param parts the dialog, the words, the log
 * @param recoveryKey the key as it is shown
 */
export async function saveRecoveryFile(
  { askWhere, words, log }: RecoveryFileParts,
  recoveryKey: string,
): Promise<Result<{ readonly isSaved: boolean }>> {
  try {
    const { canceled, filePath } = await askWhere({
      title: words.title,
      buttonLabel: words.button,
      defaultPath: words.fileName,
      filters: [{ name: words.fileType, extensions: ['txt'] }],
      properties: ['showOverwriteConfirmation', 'dontAddToRecent', 'createDirectory'],
    })
    if (canceled || filePath === '') return ok({ isSaved: false })
    await writePrivately(filePath, words.contents(recoveryKey))
    return ok({ isSaved: true })
  } catch (error) {
    log.error('recovery-file.failed', error)
    return failed({ code: 'security.save-failed', retry: 'now' })
  }
}

/**
 * Writes a file of mode 0600, whole or not at all. An existing file of another mode is replaced and not written into, so
 * nobody who holds it open reads along.
 * @param path where
 * @param text what
 */
export async function writePrivately(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`
  // `wx` refuses a file or link that is there already.
  const file = await open(temporary, 'wx', 0o600)
  try {
    try {
      await file.writeFile(text, 'utf8')
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
