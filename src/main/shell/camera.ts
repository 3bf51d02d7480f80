// The camera, for the scanner (WIN-4). The microphone is nobody's.

/** What a page asks of `media`: before it gets a device, or to learn whether it would. */
export interface MediaAsked {
  readonly isRequest: boolean
  /** `video` is the camera, `audio` the microphone; empty where Electron does not say. */
  readonly mediaTypes: readonly string[]
}

/**
 * Whether nothing but the camera is asked for. [Note: checks without a kind] Once a request was granted, Chromium checks the
 * right to turn and zoom that camera, and Electron hands this on as `media` without a kind (seen on Electron 33). It can get no
 * device, because each one needs a request that names its kind.
 */
export function isCameraAlone({ isRequest, mediaTypes }: MediaAsked): boolean {
  if (!isRequest && mediaTypes.length === 0) return true
  return mediaTypes.length === 1 && mediaTypes[0] === 'video'
}

/** The part of Electron's `systemPreferences` that is needed here; it has it on macOS only. */
export interface MediaPreferences {
  askForMediaAccess(mediaType: 'camera'): Promise<boolean>
}

/**
 * Asks the person, the first time, whether the app may use the camera at all: macOS does so for each app and keeps the answer.
 * @param preferences Electron's
 * @param platform `process.platform`
 * @returns their answer; undefined on systems where nobody has to be asked
 */
export const askForCamera = (preferences: MediaPreferences, platform: NodeJS.Platform): Promise<boolean> | undefined =>
  platform === 'darwin' ? preferences.askForMediaAccess('camera') : undefined
