/** Servers without a guard, by their Secrets: only the benchmark makes such a one, to show what it would cost. */
const unguarded = new WeakSet<object>()

/** Lets everything pass on this server of a benchmark. Nothing of the product calls this, and no setting reaches it. */
export function takeGuardOff(secrets: object): void {
  unguarded.add(secrets)
}

/** Whether this server is one of those. */
export function isUnguarded(secrets: object): boolean {
  return unguarded.has(secrets)
}
