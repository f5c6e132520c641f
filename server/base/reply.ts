import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Reply } from './route.ts'

/** Answers as a route said. */
export async function send(reply: FastifyReply, { status, body, type, headers }: Reply<unknown>): Promise<void> {
  reply.code(status ?? 200)
  for (const [name, value] of Object.entries(headers ?? {})) reply.header(name, value)
  if (body === null || body === undefined) {
    if (status !== 204) reply.header('content-length', 0)
    await reply.send()
  } else if (body instanceof Uint8Array || typeof body === 'string') {
    reply.header('content-type', type ?? 'application/octet-stream')
    await reply.send(typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength))
  } else if (typeof body === 'object' && Symbol.asyncIterator in body) {
    reply.header('content-type', type ?? 'application/octet-stream')
    await reply.send(Readable.from(body as AsyncIterable<Uint8Array>, { objectMode: false }))
  } else {
    reply.header('content-type', type ?? 'application/json; charset=utf-8')
    await reply.send(JSON.stringify(body))
  }
}

/** Answers in parts, as events of the server, until either side ends. */
export async function stream(reply: FastifyReply, parts: AsyncIterable<string>): Promise<void> {
  reply.hijack()
  const headers = {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  }
  reply.raw.writeHead(200, headers)
  try {
    for await (const part of parts) {
      if (reply.raw.destroyed) break
      if (!reply.raw.write(part))
        await new Promise<void>(resolve => {
          reply.raw.once('drain', resolve)
          reply.raw.once('close', resolve)
        })
    }
  } finally {
    reply.raw.end()
  }
}
