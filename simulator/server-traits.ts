// What kind of server this is: the traits by which one Beeper differs from another, before anybody signs in.

export interface ServerTraits {
  /** The app for people, or the one without a screen. */
  kind: 'desktop' | 'server'
  /** Sent as version of the app. */
  version: string
  /** Before these paths existed, a server answered 404 to them. */
  hasSetupPaths: boolean
  /** A Beeper may have the paths and still take nobody's address (semantics.md, section 10). */
  offersSignIn: boolean
  /** Another origin that it names wherever it tells where its endpoints are. */
  foreignOrigin: string | undefined
}

export const plainServer: Readonly<ServerTraits> = {
  kind: 'desktop',
  version: '4.3.73',
  hasSetupPaths: true,
  offersSignIn: true,
  foreignOrigin: undefined,
}
