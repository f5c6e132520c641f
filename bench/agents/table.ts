import type { Contacts } from './contacts.ts'
import type { Idle } from './idle.ts'
import type { Locked } from './locks.ts'

interface Result {
  connected: number
  engine: string
  idle: readonly Idle[]
  locks: readonly Locked[]
  contacts: readonly Contacts[]
}

/** Everything as tables that can go into a page. */
export function table({ connected, engine, idle, locks, contacts }: Result): string {
  const peer = idle.find(i => i.what.startsWith('mosquitto'))
  const floor = idle.find(i => i.what.startsWith('bare'))
  const beside = (own: number, other: number | undefined): string =>
    other === undefined || other <= 0 ? '' : ` (${(own / other).toFixed(1)} x)`
  const [ours, least] = contacts
  return [
    `${connected} idle listeners, ${engine}; plain sockets on loopback`,
    '',
    '| | KB each | KB each later | CPU-ms each an hour | wakes of the server a second | came a second |',
    '|---|---|---|---|---|---|',
    ...idle.map(
      i =>
        `| ${i.what} | ${i.kb.toFixed(1)}${beside(i.kb, floor?.kb)} | ${i.kbLater.toFixed(1)}${beside(i.kbLater, peer?.kbLater)} | ${i.cpuMsHour.toFixed(1)}${beside(i.cpuMsHour, peer?.cpuMsHour)} | ${i.wakesPerSecond.toFixed(0)} | ${i.perSecond.toFixed(0)} |`,
    ),
    '',
    'In brackets: beside bare sockets (first column), beside mosquitto (the others).',
    '',
    'Devices locked: ms from the answer until the server has the result',
    '',
    '| | devices | p50 | p95 | at most | p95 since queued | locks/s | lost | done twice | woken twice |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...locks.map(
      l =>
        `| ${l.what} | ${[l.many, l.p50, l.p95, l.max, l.queuedP95, l.perSecond].map(n => n.toFixed(0)).join(' | ')} | ${l.lost} | ${l.doubled} | ${l.again} |`,
    ),
    '',
    '| | contacts/s | CPU-ms each | CPU-s a day for 1,000 agents every 15 min |',
    '|---|---|---|---|',
    ...contacts.map(
      c =>
        `| ${c.what} | ${c.perSecond.toFixed(0)}${beside(c.perSecond, c === ours ? least?.perSecond : undefined)} | ${c.cpuMsEach.toFixed(2)}${beside(c.cpuMsEach, c === ours ? least?.cpuMsEach : undefined)} | ${(c.cpuMsEach * 96).toFixed(0)} |`,
    ),
  ].join('\n')
}
