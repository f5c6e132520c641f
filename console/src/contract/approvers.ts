/** Somebody whose passkeys devices know, or could. Without a name: gone. */
export interface ApproverPerson {
  id: string
  name: string | null
  passkeys: number
}

/** Whom devices ask before they erase themselves. */
export interface ApproverSet {
  need: number
  version: number
  known: ApproverPerson[]
  able: ApproverPerson[]
  /** The change that waits for those who are known. */
  intent: string | null
}
