/** The four kinds of declarations, as the manifest names them, and as their addresses do. */
export const sections = {
  Activations: 'activation',
  Assets: 'asset',
  Configurations: 'configuration',
  Management: 'management',
} as const
export type Section = keyof typeof sections

/** Why a declaration is not in force. */
export interface Reason {
  code: string
  description: string
  details?: Record<string, unknown>
}

/** One declaration on a device, with how it fares. */
export interface Held {
  section: Section
  identifier: string
  token: string
  type: string
  payload: Record<string, unknown>
  active: boolean
  valid: 'unknown' | 'valid' | 'invalid'
  reasons: Reason[]
  /** PayloadIdentifier of the profile a legacy declaration put on the device. */
  profile?: string
  /** The token whose app was begun. */
  done?: string
}

/** Everything declared to a device, or to one account of it. */
export interface Declared {
  /** The DeclarationsToken that was last carried out whole. */
  token: string | undefined
  held: Map<string, Held>
  /** Status items the server wants, by configuration. */
  subscribed: Set<string>
  /** What was reported last, as JSON by item: only what differs is said again. */
  said: Map<string, string>
  /** A round under way; a channel has one at a time. */
  round: Promise<void> | undefined
  again: boolean
  /** How many rounds went through the manifest. */
  rounds: number
}

/** A device to which nothing was declared. */
export function nothingDeclared(): Declared {
  return {
    token: undefined,
    held: new Map(),
    subscribed: new Set(),
    said: new Map(),
    round: undefined,
    again: false,
    rounds: 0,
  }
}

/** The member of a JSON object, or nothing of anything else. */
export function at(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}

/** The texts of a JSON array. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}

/** A JSON object, or an empty one. */
export function object(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
}
