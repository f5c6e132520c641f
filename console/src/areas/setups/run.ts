import { get } from '../../api.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { ToneName } from '../../kit/State.tsx'

/** One thing a set-up waits for. */
export interface Waiting {
  code: string
  facts: Record<string, string | number | boolean | null>
}

/** One device's time until its person may go on. */
export interface SetupRun {
  enrollment: string
  state: 'running' | 'stuck' | 'ready' | 'timed-out' | 'skipped'
  since: number
  until: number
  lastWordAt: number
  changedAt: number
  endedAt: number | null
  done: number
  total: number
  waitingFor: Waiting[]
}

/** A set-up that goes on, with its device. */
export interface OpenRun extends SetupRun {
  id: string
  device: { id: string; name: string }
}

/** While somebody stands before the device, seconds count. */
const liveMs = 4000

/** The newest set-up of a device, live while it goes on. */
export const runQuery = (device: string) => ({
  queryKey: ['devices', device, 'setup-run'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<{ run: SetupRun | null }>(`/devices/${device}/setup-run`, {}, signal),
  refetchInterval: (query: { state: { data?: { run: SetupRun | null } | undefined } }) =>
    query.state.data?.run && query.state.data.run.endedAt === null ? liveMs : false,
})

/** Every set-up that goes on. */
export const openRunsQuery = {
  queryKey: ['setup-runs'],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<{ items: OpenRun[] }>('/setup-runs', {}, signal),
  refetchInterval: liveMs,
} as const

/** What a set-up waits for, in words. */
export function waitingWords({ t, has, f }: Voice, { waitingFor }: Pick<SetupRun, 'waitingFor'>): string {
  const said = waitingFor.map(({ code, facts }) => {
    const key = `setupRun.waits.${code}`
    const values = { left: Number(facts['left'] ?? 0), of: Number(facts['of'] ?? 0), since: sinceOf(f, facts['since']) }
    return has(key) ? t(key, values) : code
  })
  return f.list(said)
}

function sinceOf(f: Voice['f'], at: unknown): string {
  return typeof at === 'number' ? f.time(at) : ''
}

/** How a set-up looks by its state. */
export const runTones: Record<SetupRun['state'], ToneName> = {
  running: 'pending',
  stuck: 'danger',
  ready: 'ok',
  'timed-out': 'attention',
  skipped: 'none',
}
