import { request } from 'node:https'
import type { Send } from '../../simulator/agent/asking.ts'

/** Carries an agent's requests to the house, whose authority nobody knows. */
export const sending =
  (url: string): Send =>
  ({ method, path, body, headers }) =>
    new Promise((resolve, reject) => {
      const asked = request(`${url}${path}`, { method, headers, rejectUnauthorized: false }, answer => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          resolve({ status: answer.statusCode ?? 0, body: text === '' ? null : JSON.parse(text) })
        })
      })
      asked.on('error', reject)
      asked.end(body)
    })
