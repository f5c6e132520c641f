import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** Below these are ports with names, and those that browsers and `fetch` refuse to speak to. */
const lowest = 12_000
const given = new Set<number>()

/**
 * A port on loopback for a server that must know its address before it listens. It is none that the system gives to whoever names no port: between
 * this look and the moment when the server listens, the tests beside it open hundreds of listeners and connections, and one would come by it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, firstOfTheSystem())
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

/** Where the ports begin that the system gives; it keeps to itself few enough that some are left for us. */
function firstOfTheSystem(): number {
  const usual = 32_768
  try {
    const first = Number.parseInt(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'), 10)
    return first > lowest + 1000 ? Math.min(first, 49_152) : usual
  } catch {
    return usual
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
