import type { Fact } from '../devices/index.ts'

/** Something about a missing device that changes what to do, with when the device said so. */
export interface Warning {
  readonly code: (typeof warningCodes)[number]
  readonly tone: 'attention' | 'danger' | 'ok'
  /** When the fact behind it was said; null where it is no fact. */
  readonly at: number | null
  readonly value: number | null
}

/** The codes of warnings; the console and the record have the words. */
export const warningCodes = [
  'no-sim',
  'wifi-only',
  'no-passcode',
  'not-encrypted',
  'low-battery',
  'old-contact',
  'never-seen',
  'activation-lock-off',
  'activation-lock-on',
  'no-location',
] as const

/** What warnings are made of. */
export interface Seen {
  readonly platform: string
  readonly facts: readonly Pick<Fact, 'key' | 'value' | 'at'>[]
  readonly lastSeenAt: number | null
  readonly locates: boolean
  readonly managed: boolean
  readonly now: number
}

const hourMs = 3_600_000
const lowBattery = 0.2

/** What its facts mean for a device that is missing, the most pressing first. What it never said warns of nothing. Pure. */
export function warningsOf({ platform, facts, lastSeenAt, locates, managed, now }: Seen): Warning[] {
  const known = new Map(facts.map(f => [f.key, f]))
  const found: Warning[] = []
  const add = (
    code: Warning['code'],
    tone: Warning['tone'],
    fact?: { at: number },
    value: number | null = null,
  ): void => {
    found.push({ code, tone, at: fact?.at ?? null, value })
  }
  const says = (key: string, value: unknown) => {
    const fact = known.get(key)
    return fact && fact.value === value ? fact : undefined
  }
  const mobile = platform !== 'macos' && platform !== 'tvos'
  const passcode = says('security.passcode', false)
  if (passcode) add('no-passcode', 'danger', passcode)
  const open = says('security.encrypted', false)
  if (open && !mobile) add('not-encrypted', 'danger', open)
  const modem = known.get('cellular.technology')
  if (mobile && modem) {
    if (modem.value === 'none') add('wifi-only', 'attention', modem)
    else if (!hasSim(known)) add('no-sim', 'attention', modem)
  }
  const battery = known.get('battery.level')
  if (battery && typeof battery.value === 'number' && battery.value < lowBattery)
    add('low-battery', 'attention', battery, battery.value)
  if (managed && lastSeenAt === null) add('never-seen', 'attention')
  if (managed && lastSeenAt !== null && now - lastSeenAt > hourMs) add('old-contact', 'attention', { at: lastSeenAt })
  const unlocked = says('security.activationLock', false)
  if (unlocked) add('activation-lock-off', 'attention', unlocked)
  if (managed && !locates) add('no-location', 'attention')
  const locked = says('security.activationLock', true)
  if (locked) add('activation-lock-on', 'ok', locked)
  return found
}

/** Whether the device has told of a SIM or eSIM: a card number, or a plan with a carrier. */
function hasSim(known: ReadonlyMap<string, Pick<Fact, 'value'>>): boolean {
  const cards = [known.get('cellular.iccid')?.value].flat()
  if (cards.some(c => typeof c === 'string' && c !== '')) return true
  const plans = known.get('cellular.plans')?.value
  const carriers = Array.isArray(plans)
    ? plans.map(p => (p !== null && typeof p === 'object' && !Array.isArray(p) ? p.carrier : null))
    : [known.get('cellular.carrier')?.value]
  return carriers.some(c => typeof c === 'string' && c !== '')
}
