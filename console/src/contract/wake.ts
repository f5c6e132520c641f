/** A way by which agents are woken. */
export type WakeChannelName = 'mqtt' | 'fcm' | 'webpush' | 'wait' | 'poll' | 'sms'

/** How one device fared that was called by one channel alone. */
export interface WakeTrial {
  channel: WakeChannelName
  device: string
  at: number
  step: 'begun' | 'sent' | 'ended'
  outcome: 'answered' | 'elsewhere' | 'refused' | 'silent' | null
  reason: string | null
  latencyMs: number | null
}

/** A channel of the org. */
export interface WakeChannel {
  channel: WakeChannelName
  state: 'ready' | 'failing' | 'off'
  reason: string | null
  failingSince: number | null
  patienceMs: number
  settings: Record<string, unknown>
  secret: boolean
  trial: WakeTrial | null
  latency: { p50Ms: number | null; p95Ms: number | null }
}

/** What a rhythm costs a phone in a day by one channel. */
export interface WakeCost {
  channel: WakeChannelName
  radioWakes: number
  kB: number
  mobile: { mAh: number; percent: number }
  wifi: { mAh: number; percent: number }
}

/** The same by every channel, and what it rests on. */
export interface WakeEstimate {
  items: WakeCost[]
  assumed: { batteryMAh: number; joulesMobile: number; joulesWifi: number; keepAliveSeconds: number }
}

/** How often the agents of a unit call by themselves. */
export interface WakeRhythm {
  everyMs: number
  jitterPercent: number
  lostEveryMs: number
  own: boolean
  from: string | null
}

/** How the agent of one device is woken. */
export interface DeviceReach {
  items: {
    channel: WakeChannelName
    state: 'ready' | 'dead' | 'expired' | 'off'
    reason: string | null
    patienceMs: number
    answeredAt: number | null
    latencyMs: number | null
    last: { at: number; outcome: string; reason: string | null } | null
  }[]
  /** Where texts go; null: no number is known. */
  number: { by: 'agent' | 'admin'; ends: string } | null
  active: WakeChannelName | null
  pending: { wantedAt: number; channel: WakeChannelName | null; nextAt: number } | null
}
