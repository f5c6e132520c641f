import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:https'

type Json = Record<string, unknown>

/** Calls `/api/v1` of a server on this machine with a key. Its own certificate is accepted unseen: for scripts on loopback only. Refusals throw their code. */
export function caller(url: string, key: string): (method: string, path: string, body?: unknown) => Promise<Json> {
  if (!/^https:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(url))
    throw new Error('this caller is for servers on this machine')
  const agent = new Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false })
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const headers = {
        authorization: `Bearer ${key}`,
        ...(payload === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      }
      const sent = request(`${url}/api/v1${path}`, { method, agent, headers }, answer => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          const said = text === '' ? {} : (JSON.parse(text) as Json)
          const status = answer.statusCode ?? 0
          if (status < 300) resolve(said)
          else
            reject(new Error(`${method} ${path}: ${status} ${String(said.code)} ${JSON.stringify(said.fields ?? '')}`))
        })
      })
      sent.once('error', reject)
      sent.end(payload)
    })
}
