/** Remembers at most twice `size` answers by name, and at least the last `size` that were put or asked for. */
export interface Memory<K, T> {
  get(name: K): T | undefined
  put(name: K, value: T): T
}

/** Opens an empty memory. Of two generations the elder is forgotten whole, which costs nothing per question. */
export function openMemory<K, T>(size: number): Memory<K, T> {
  let young = new Map<K, T>()
  let old = new Map<K, T>()
  const put = (name: K, value: T): T => {
    if (young.size >= size) {
      old = young
      young = new Map()
    }
    young.set(name, value)
    return value
  }
  return {
    put,
    get: name => {
      const found = young.get(name)
      if (found !== undefined) return found
      const elder = old.get(name)
      return elder === undefined ? undefined : put(name, elder)
    },
  }
}
