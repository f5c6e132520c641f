/** The few functions of the withdrawn metadata proposal that @peculiar/x509 looks for; imported before it. */
const stored = new WeakMap<object, Map<unknown, unknown>>()

function own(target: object): Map<unknown, unknown> {
  const known = stored.get(target) ?? new Map<unknown, unknown>()
  stored.set(target, known)
  return known
}

Object.assign(Reflect, {
  defineMetadata: (key: unknown, value: unknown, target: object) => void own(target).set(key, value),
  getOwnMetadata: (key: unknown, target: object) => own(target).get(key),
  getMetadata: (key: unknown, target: object) => own(target).get(key),
  hasOwnMetadata: (key: unknown, target: object) => own(target).has(key),
  metadata: (key: unknown, value: unknown) => (target: object) => void own(target).set(key, value),
})
