/** What a device does out of the ordinary. */
export type Deviation =
  /** Answers commands with NotNow. */
  | { does: 'not-now' }
  /** Answers commands with Error and this chain. */
  | { does: 'error'; code?: number; domain?: string; text?: string }
  /** Answers commands with CommandFormatError. */
  | { does: 'format-error' }
  /** Sends the request, lets the server finish, and never sees the reply. */
  | { does: 'lose' }
  /** The request never reaches the server. */
  | { does: 'drop' }
  /** Sends the very same bytes `copies` times; at once when `together`. */
  | { does: 'duplicate'; copies: number; together?: boolean }
  /** Keeps the request back until `releaseHeld`, and behaves as if the line had died: for out-of-order arrival. */
  | { does: 'hold' }
  /** Waits before sending. */
  | { does: 'delay'; ms: number }
  /** Sends these bytes instead: for answers that no decoder can read. */
  | { does: 'garble'; body: Uint8Array }
  /** Does not install profiles with a payload of the type named by `on`, by whatever way they come. */
  | { does: 'refuse-profile'; code?: number; text?: string }
  /** Finds the declaration of the type named by `on` not to its liking. */
  | { does: 'refuse-declaration'; code?: string; text?: string }
  /** An app of management named by `on` (bundle or the store's number) cannot be installed. */
  | { does: 'fail-app' }
  /** Whoever uses the device says no when it asks about the app named by `on`. */
  | { does: 'decline-app' }
  /** Takes in what is declared and never reports. */
  | { does: 'keep-silent' }
  /** Takes the command and hangs up: no answer ever comes. */
  | { does: 'never-answer' }
  /** Puts into its answers what nobody asked for and nobody may know: where it is, its number, the person's own apps. */
  | { does: 'tells-too-much' }
  /** Acknowledges the erase and enrolls again from where it came, as whoever found it would. */
  | { does: 'come-back'; afterMs?: number }
  /** Acknowledges the erase and goes on as if nothing had been said. */
  | { does: 'fake-erase' }

/** A deviation with its occasion. */
export type Rule = Deviation & {
  /** RequestType of the command, MessageType of the check-in, Status of the answer, or type of payload or declaration; anything when absent. */
  on?: string
  /** How often; 1 when absent, Infinity for always. */
  times?: number
}

/** The deviations still ahead of a device; the first that applies is used. */
export type Behavior = Rule[]

/** Takes the next deviation of one of these sorts that applies to one of these words, using it up. */
export function take<D extends Deviation['does']>(
  behavior: Behavior,
  does: readonly D[],
  words: readonly (string | undefined)[],
): Extract<Rule, { does: D }> | undefined {
  const wanted: readonly string[] = does
  const rule = behavior.find(
    (one): one is Extract<Rule, { does: D }> =>
      wanted.includes(one.does) && (one.on === undefined || words.includes(one.on)),
  )
  if (rule === undefined) return undefined
  const left = (rule.times ?? 1) - 1
  if (left <= 0) behavior.splice(behavior.indexOf(rule), 1)
  else rule.times = left
  return rule
}
