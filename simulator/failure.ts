// How anything inside the simulator says no to a client. A failure is an ordinary answer; every other exception is a bug of
// the simulator and is recorded as one.

export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details?: Record<string, unknown>,
  ) {
    super(message)
    this.name = 'ApiFailure'
  }
}

/** The error of an OAuth endpoint (RFC 6749, 5.2): another shape than the rest of the API. */
export class OAuthFailure extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
    readonly status = 400,
  ) {
    super(description)
    this.name = 'OAuthFailure'
  }
}
