/** How much harm an act can do: none; what can be undone; what interrupts somebody; what is gone for good. */
export type Impact = 'read' | 'reversible' | 'disruptive' | 'irreversible'

/** From harmless to final. */
export const impacts = ['read', 'reversible', 'disruptive', 'irreversible'] as const satisfies readonly Impact[]

/** The place of an impact in that order, for storing and comparing. */
export function rankOf(impact: Impact): number {
  return impacts.indexOf(impact)
}

/** Why something does not leave at once. */
export const heldReasons = [
  'actor-hour',
  'unit-day',
  'org-day',
  'org-quarter',
  'two-persons',
  'proved',
  'breaker',
  'time',
  'frozen',
  'restored',
  'delay',
  'signatures',
] as const

/** Why something does not leave at once. */
export type HeldReason = (typeof heldReasons)[number]
