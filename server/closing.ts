import type { buildHttp } from './base/http.ts'

type Http = Awaited<ReturnType<typeof buildHttp>>

/** Whoever is still being answered after this is cut off. */
const graceMs = 5000

/** Closes a listener: no new connections, answers under way are finished, and connections end as they fall idle, streams' among them. */
export async function closeHttp(http: Http): Promise<void> {
  const idle = setInterval(() => http.server.closeIdleConnections(), 50)
  const all = setTimeout(() => http.server.closeAllConnections(), graceMs)
  try {
    await http.close()
  } finally {
    clearInterval(idle)
    clearTimeout(all)
  }
}

/** Makes a listener use another certificate from its next connection on. */
export function secure(http: Http, { cert, key }: { cert: string; key: string }): void {
  const listener = http.server as unknown as { setSecureContext?(options: { cert: string; key: string }): void }
  listener.setSecureContext?.({ cert, key })
}
