/** The only error a decoder of this folder throws: the bytes do not say what their format promises. */
export class Malformed extends Error {
  /** What is wrong, stable and dotted: `plist.truncated`, `der.depth`. */
  readonly code: string

  constructor(code: string, message?: string, cause?: unknown) {
    super(message === undefined ? code : `${code}: ${message}`, cause === undefined ? undefined : { cause })
    this.name = 'Malformed'
    this.code = code
  }
}
