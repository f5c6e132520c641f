// The process in which all virtual agents of the benchmark live; the benchmark tells it what to do.
import { obey } from './remote.ts'
import { newCrowd, type Crowd, type Way } from '../../simulator/agent/crowd.ts'

/** When the server had the result of an order, by this machine's clock. */
export interface Settled {
  device: string
  order: string
  at: number
}

/** What became of the crowd so far. */
export interface Told {
  agents: number
  /** Locks that took effect, by device: everything but one each is a fault. */
  locks: number[]
  woken: number
  doubled: number
  settled: Settled[]
}

let crowd: Crowd | null = null
let settled: Settled[] = []

obey({
  start,
  told,
  enroll: (token: string, many: number) => mine().enroll(token, many),
  listen: (way: Way, many?: number) => mine().listen(way, many),
  hush: () => mine().hush(),
  callFor: (ms: number) => mine().callFor(ms),
  point: (url: string) => mine().point(url),
  devices: () => mine().members.map(m => m.agent.state.enrolled?.device ?? ''),
})

function mine(): Crowd {
  if (!crowd) throw new Error('there is no crowd yet')
  return crowd
}

function start(url: string, width: number): void {
  crowd = newCrowd({
    url,
    width,
    settled: (member, orders) => {
      const at = performance.timeOrigin + performance.now()
      for (const order of orders) settled.push({ device: member.agent.state.enrolled?.device ?? '', order, at })
    },
  })
}

/** What happened since the last time it was asked. */
function told(): Told {
  const { members } = mine()
  const since = settled
  settled = []
  const locks = members.map(m => m.agent.phone.done.filter(o => o.kind === 'lock').length)
  const sum = (of: (m: (typeof members)[number]) => number): number => members.reduce((all, m) => all + of(m), 0)
  return { agents: members.length, locks, woken: sum(m => m.woken), doubled: sum(m => m.doubled), settled: since }
}
