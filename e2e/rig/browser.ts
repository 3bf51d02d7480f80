// The person's browser: a program named xdg-open that notes which page it was asked to open.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

export interface Browser {
  /** The folder to put first in PATH. */
  readonly folder: string
  /** Every URL that was opened so far, oldest first. */
  opened(): readonly string[]
}

/** Sets the program up. @param folder where it and its notes are kept */
export function setUpBrowser(folder: string): Browser {
  const notes = `${folder}/opened.txt`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/xdg-open`, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${notes}'\n`)
  chmodSync(`${folder}/xdg-open`, 0o755)
  return {
    folder,
    // The file is there a moment before its first line is.
    opened: () =>
      existsSync(notes)
        ? readFileSync(notes, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
        : [],
  }
}
