// The camera of this computer, asked for only while the scanner is open, and let go of as soon as it is not (WIN-4).

/** Why there is no picture from a camera, as far as a person can do something about it. */
export type CameraFault = 'none' | 'denied' | 'busy'

export type CameraOpened =
  | { readonly stream: MediaStream; readonly fault: undefined }
  | { readonly stream: undefined; readonly fault: CameraFault }

/** Names of the errors of `getUserMedia`, https://w3c.github.io/mediacapture-main/#methods-5; all others mean that it does not work now. */
const faults: Readonly<Record<string, CameraFault>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
}

/**
 * Opens a camera.
 * @param deviceID which one; the system's usual one without it
 * @returns its stream, to be given to {@link closeCamera}, or why there is none
 */
export async function openCamera(deviceID?: string): Promise<CameraOpened> {
  // There is no `mediaDevices` where no camera may ever be asked for, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) return { stream: undefined, fault: 'none' }
  const which = deviceID === undefined ? { facingMode: 'environment' } : { deviceId: { exact: deviceID } }
  try {
    const stream = await devices.getUserMedia({ video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } })
    return { stream, fault: undefined }
  } catch (error) {
    return { stream: undefined, fault: faults[error instanceof DOMException ? error.name : ''] ?? 'busy' }
  }
}

/** Lets go of a camera, so that its light goes out. @param stream of {@link openCamera} */
export function closeCamera(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/**
 * The camera after the one in use.
 * @param stream of the one in use
 * @returns its ID; nothing where there is only one
 */
export async function nextCamera(stream: MediaStream): Promise<string | undefined> {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  const cameras = all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
  const inUse = stream.getVideoTracks()[0]?.getSettings().deviceId
  const at = cameras.findIndex(({ deviceId }) => deviceId === inUse)
  return cameras.length < 2 ? undefined : cameras[(at + 1) % cameras.length]?.deviceId
}
