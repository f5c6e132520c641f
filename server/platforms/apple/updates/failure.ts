/** Why an installation failed, in our words, and whether that speaks against the version or is the device's own circumstance. */
export interface Failure {
  readonly code: 'no-room' | 'no-power' | 'no-network' | 'declined' | 'busy' | 'install'
  readonly speaksAgainst: boolean
}

// Apple publishes no list of reasons: they are told apart by what they speak of. (StatusSoftwareUpdateFailureReason; ScheduleOSUpdate, UpdateResults)
const words: readonly (readonly [RegExp, Failure['code']])[] = [
  [/space|storage|disk full/i, 'no-room'],
  [/power|battery|charg/i, 'no-power'],
  [/network|connection|download|server|tether|computer/i, 'no-network'],
  [/declin|defer|cancel|user|postpon|passcode/i, 'declined'],
  [/phone ?call|in use|busy/i, 'busy'],
]

/** Reads a reason as the device tells it. What nobody can place is held against the version: a bad one must not go on unnoticed. Pure. */
export function failureOf(reason: string): Failure {
  const found = words.find(([form]) => form.test(reason))
  return found ? { code: found[1], speaksAgainst: false } : { code: 'install', speaksAgainst: true }
}
