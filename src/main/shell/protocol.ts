// The page's own scheme. Not `file:`, where every file of the person would be one origin with us (WIN-2).
import { net, protocol } from 'electron'
import { answerFromDevServer, answerFromFiles } from './assets.ts'

/** Makes `app:` a scheme with an origin of its own. Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true, stream: true } },
  ])
}

export interface PageSource {
  /** The folder of the built page. */
  readonly root: string
  /** Vite's dev server; never set when packaged. */
  readonly devServer?: string | undefined
}

/**
 * Serves the page. Electron must be ready.
 * @param source where the page comes from
 */
export function servePage({ root, devServer }: PageSource): void {
  protocol.handle('app', (request) =>
    devServer === undefined
      ? answerFromFiles(request, root)
      : // Not through a scheme of ours again, and without the person's proxy in between.
        answerFromDevServer(request, devServer, (url, accept) =>
          net.fetch(url, { headers: { accept }, bypassCustomProtocolHandlers: true }),
        ),
  )
}
