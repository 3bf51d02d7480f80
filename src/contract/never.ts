/**
 * Ends a `switch` over a union: the compiler refuses the call while a member is unhandled.
 * @param value what is left of the union, nothing if all members are handled
 * @throws Error always; reaching it means that a border let a value through that the types exclude
 */
export function never(value: never): never {
  throw new Error(`unhandled member: ${typeof value}`)
}
