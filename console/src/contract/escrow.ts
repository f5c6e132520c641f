/** One secret of a device as lists show it. */
export interface EscrowEntry {
  id: string
  state: 'pending' | 'current' | 'past' | 'refused'
  since: number
  createdAt: number
  toldAt: number | null
  facts: Record<string, unknown>
  views: number
  viewedAt: number | null
  viewedBy: { id: string; name: string | null } | null
}

/** A kind of secret of a device, and all there ever was of it. */
export interface EscrowListed {
  kind: string
  state: 'current' | 'pending' | 'past' | 'none'
  demanded: boolean
  shown: boolean
  renewable: boolean
  entries: EscrowEntry[]
  turn: { why: string; dueAt: number; askedAt: number | null; problem: string | null; tries: number } | null
}

/** A secret that was shown. */
export interface EscrowRevealed {
  value: string
  values: { id: string; value: string; state: EscrowEntry['state']; at: number }[]
  replacedAt: number | null
}

/** Encrypted devices whose key nobody keeps. */
export interface EscrowMissing {
  items: {
    id: string
    name: string
    serial: string | null
    osVersion: string | null
    unit: { id: string; name: string; path: string }
    lastSeenAt: number | null
    problem: string | null
  }[]
  next: string | null
  total: number | null
  kept: number
}
