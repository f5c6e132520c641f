/*
 * What happens on the server reaches the page as one stream of events; each event makes the queries it touches stale.
 * The stream is read with fetch and not with EventSource, because every event carries its own type and EventSource
 * would have to know all of them, and because a 401 must lead to the sign-in page.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { address, endSession, get } from './api.ts'
import type { DeviceRow, LogEvent } from './contract.ts'
import { holds, isLong, type LongList, withRow } from './rows.ts'
import { type StreamMessage, streamReader } from './stream.ts'
import { touched } from './touched.ts'

/** How the stream is: live, connecting again, or off. */
export type LiveState = 'live' | 'connecting' | 'offline'

const LiveContext = createContext<LiveState>('connecting')

/** The state of the stream, for the indicator of the top bar. */
export const useLive = (): LiveState => useContext(LiveContext)

/** Lists may be large and busy, so they refresh at most this often; one device or command refreshes at once. */
const listEveryMs = 3000

/** Keeps one stream open while someone is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const stop = new AbortController()
    void follow(client, setState, stop.signal)
    return () => stop.abort()
  }, [client])
  return <LiveContext value={state}>{children}</LiveContext>
}

async function follow(client: QueryClient, tell: (state: LiveState) => void, signal: AbortSignal) {
  const refresh = refresher(client)
  let last: string | null = null
  let failures = 0
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' }
      if (last) headers['last-event-id'] = last
      const response = await fetch(address('/events/stream'), { headers, signal, cache: 'no-store' })
      if (response.status === 401) return endSession()
      if (!response.ok || !response.body) throw new Error(`stream answered ${response.status}`)
      tell('live')
      if (failures > 0) void client.invalidateQueries()
      failures = 0
      for await (const message of messages(response.body)) {
        last = message.id ?? last
        refresh(message)
      }
    } catch {
      if (signal.aborted) return
    }
    failures += 1
    tell(navigator.onLine && failures < 4 ? 'connecting' : 'offline')
    await pause(Math.min(30_000, 500 * 2 ** failures) * (0.75 + Math.random() / 2), signal)
  }
}

async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamMessage> {
  const read = streamReader()
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader() as ReadableStreamDefaultReader<string>
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield* read(value)
  }
}

function refresher(client: QueryClient): (message: StreamMessage) => void {
  const waiting = new Map<string, string[]>()
  const devices = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | null = null
  const flush = () => {
    timer = null
    for (const queryKey of waiting.values()) {
      void client.invalidateQueries({ queryKey, predicate: query => !isLong(query.state.data) })
    }
    for (const id of [...devices].slice(0, mostRows)) void refreshRow(client, id)
    waiting.clear()
    devices.clear()
  }
  return message => {
    const event = readEvent(message.data)
    if (!event) return
    const { now, soon } = touched(event)
    for (const queryKey of now) void client.invalidateQueries({ queryKey })
    for (const queryKey of soon) waiting.set(queryKey.join(), queryKey)
    for (const [list, id] of now) if (list === 'device' && id) devices.add(id)
    if (timer === null) timer = setTimeout(flush, client.isFetching() > 4 ? listEveryMs * 2 : listEveryMs)
  }
}

/** How many rows of a long list are read anew in one round. */
const mostRows = 20

async function refreshRow(client: QueryClient, id: string) {
  const shown = client.getQueriesData<LongList>({ queryKey: ['devices', 'list'], type: 'active' })
  const long = shown.filter(([, list]) => isLong(list) && holds(list, id))
  if (long.length === 0) return
  const row = await get<DeviceRow>(`/devices/${id}`).catch(() => null)
  if (row) for (const [queryKey] of long) client.setQueryData<LongList>(queryKey, list => list && withRow(list, row))
}

function readEvent(data: string): LogEvent | null {
  try {
    const event: unknown = JSON.parse(data)
    return typeof event === 'object' && event !== null && 'type' in event ? (event as LogEvent) : null
  } catch {
    return null
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done, { once: true })
    signal.addEventListener('abort', done, { once: true })
  })
}
