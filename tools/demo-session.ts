import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:https'

type Json = Record<string, unknown>
type Call = (method: string, path: string, body?: unknown) => Promise<Json>

/** Calls `/api/v1` as a browser on this machine does: with the cookies it is given, and from the server's own pages. For scripts on loopback only. */
export function browserOf(url: string): Call {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })
  const cookies = new Map<string, string>()
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const headers = {
        origin: url,
        'sec-fetch-site': 'same-origin',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(payload === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      }
      const sent = request(`${url}/api/v1${path}`, { method, agent, headers }, answer => {
        for (const cookie of answer.headers['set-cookie'] ?? []) {
          const [pair = ''] = cookie.split(';')
          cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
        }
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          const said = text === '' ? {} : (JSON.parse(text) as Json)
          if ((answer.statusCode ?? 0) < 300) resolve(said)
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${String(said.code)}`))
        })
      })
      sent.once('error', reject)
      sent.end(payload)
    })
}
