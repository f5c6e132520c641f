/** A JSON object. */
export type Fields = { [key: string]: unknown }

/** Whether something is an object with keys. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What one item adds to a policy. */
export interface Part {
  readonly fields: Fields
  /** Entries of `applications`, one to a package. */
  readonly apps: readonly Fields[]
  /** Keys that devices held so cannot be told. */
  readonly left: readonly string[]
}

/** One policy, and where what it says comes from. */
export interface Compiled {
  readonly policy: Fields
  /** Items by the field they speak in. */
  readonly origin: ReadonlyMap<string, readonly string[]>
  /** Items by the package they speak about. */
  readonly packages: ReadonlyMap<string, readonly string[]>
  /** Codes of why, by item, where nothing of it can be said. */
  readonly refused: ReadonlyMap<string, string>
}
