/** A file that is read where it is asked for: archives keep their tables at either end, and may be larger than memory. */
export interface Source {
  readonly size: number
  /** These bytes; fewer only at the end of the file. */
  at(start: number, length: number): Promise<Uint8Array>
}

/** A file that is in memory. */
export function sourceOf(bytes: Uint8Array): Source {
  return { size: bytes.length, at: async (start, length) => bytes.subarray(start, start + length) }
}
