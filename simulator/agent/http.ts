import { Agent as PlainAgent, request as requestPlain } from 'node:http'
import { Agent, request } from 'node:https'
import type { Send } from './asking.ts'

/** How requests of virtual agents travel over the wire. */
export interface Wire {
  readonly send: Send
  /** Cuts every line, also those whose request is under way. */
  close(): void
}

/** Speaks to a server on this machine, whose certificate is its own; at most `width` requests at once, beside those that are held open. */
export function wireTo(url: string, width = 32): Wire {
  const { protocol } = new URL(url)
  const pool = (maxSockets: number): Agent | PlainAgent =>
    protocol === 'https:'
      ? new Agent({ keepAlive: true, maxSockets, rejectUnauthorized: false })
      : new PlainAgent({ keepAlive: true, maxSockets })
  const [short, long] = [pool(width), pool(Infinity)]
  const [ask, hold] = [sender(url, short), sender(url, long)]
  return {
    send: one => (one.method === 'GET' ? hold(one) : ask(one)),
    close: () => {
      short.destroy()
      long.destroy()
    },
  }
}

function sender(url: string, agent: Agent | PlainAgent): Send {
  const ask = agent instanceof Agent ? request : requestPlain
  return ({ method, path, body, headers }) =>
    new Promise((resolve, reject) => {
      const sent = ask(`${url}${path}`, { method, agent, headers: { ...headers, ...lengthOf(body) } }, answer => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: read(Buffer.concat(parts)) }))
      })
      sent.once('error', reject)
      sent.end(body)
    })
}

function lengthOf(body: Uint8Array): Record<string, string> {
  return body.length === 0 ? {} : { 'content-length': String(body.length) }
}

/** What is no JSON is no answer of the protocol; the agent takes it as such. */
function read(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
