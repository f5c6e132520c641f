/** Where a seat of a license is. */
export type SeatState = 'wanted' | 'asked' | 'held' | 'returning' | 'refused'

/** The rights to one item of a store that one program holds. */
export interface License {
  id: string
  program: { id: string; name: string; state: string }
  storeId: string
  pricing: 'standard' | 'plus'
  product: 'app' | 'book'
  name: string
  app: { id: string; name: string } | null
  toDevices: boolean
  revocable: boolean
  total: number
  assigned: number
  free: number
  retired: number
  short: number
  seats: Record<SeatState | 'unused' | 'slow', number>
  syncedAt: number
}

/** One seat and who it is for. */
export interface Seat {
  id: string
  license: string
  state: SeatState
  reason: string | null
  wished: boolean
  holder: {
    kind: 'device' | 'user'
    id: string | null
    name: string | null
    known: string | null
    invite: string | null
  }
  since: number
  at: number
}

/** How we stand with the service behind a token. */
export type ContentState = 'new' | 'good' | 'terms' | 'refused' | 'expired' | 'throttled' | 'silent' | 'elsewhere'

/** A content token and how it stands. */
export interface ContentProgram {
  id: string
  name: string
  state: ContentState
  problem: { code: string; text?: string | undefined } | null
  account: string | null
  orgName: string | null
  expiresAt: number | null
  syncedAt: number | null
}

/** An app that is wanted and of which nobody holds a license. */
export interface Unlicensed {
  app: { id: string; name: string }
  storeId: string
  wanted: number
}
