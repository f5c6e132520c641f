import type { Key, Voice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'
import type { BatchRow, Check, Fault, Line, LineState } from './queries.ts'

/** How the state of a batch looks. */
export const batchStates: Record<BatchRow['state'], { tone: ToneName; icon: IconName; label: Key }> = {
  planned: { tone: 'pending', icon: 'pending', label: 'batch.state.planned' },
  open: { tone: 'info', icon: 'activity', label: 'batch.state.open' },
  closed: { tone: 'none', icon: 'lock', label: 'batch.state.closed' },
}

/** How the state of a device of a batch looks. */
export const lineStates: Record<LineState, { tone: ToneName; icon: IconName; label: Key }> = {
  blocked: { tone: 'danger', icon: 'x', label: 'batch.line.blocked' },
  expected: { tone: 'none', icon: 'pending', label: 'batch.line.expected' },
  unboxed: { tone: 'info', icon: 'power', label: 'batch.line.unboxed' },
  enrolled: { tone: 'info', icon: 'link', label: 'batch.line.enrolled' },
  configuring: { tone: 'info', icon: 'refresh', label: 'batch.line.configuring' },
  ready: { tone: 'ok', icon: 'ok', label: 'batch.line.ready' },
  stuck: { tone: 'danger', icon: 'attention', label: 'batch.line.stuck' },
}

/** How a check looks: never by color alone. */
export const checkStates: Record<Check['state'], { tone: ToneName; icon: IconName; label: Key }> = {
  red: { tone: 'danger', icon: 'danger', label: 'batch.check.red' },
  amber: { tone: 'attention', icon: 'attention', label: 'batch.check.amber' },
  green: { tone: 'ok', icon: 'ok', label: 'batch.check.green' },
}

/** Facts as texts take them: what is missing is empty, what is true says yes. */
function valuesOf({ f }: Voice, facts: Line['facts']): Record<string, string | number> {
  const said = Object.entries(facts).map(([name, value]) => {
    if (name === 'at') return [name, typeof value === 'number' ? f.dateTime(value) : '–'] as const
    if (typeof value === 'boolean') return [name, value ? 'yes' : 'no'] as const
    return [name, value ?? ''] as const
  })
  return Object.fromEntries(said)
}

/** What a check says, and what to do about it. */
export function checkWords(voice: Voice, check: Check): { title: string; text: string; next: string | null } {
  const values = { ...none, ...valuesOf(voice, check.facts), state: String(check.facts['state'] ?? check.state) }
  const key = (part: string) => `batch.check.${check.code}${part}`
  const next = key('.next')
  const say = (name: string) => (voice.has(name) ? voice.tell(name, values) : check.code)
  return {
    title: say(key('')),
    text: say(key('.text')),
    next: check.state !== 'green' && voice.has(next) ? voice.tell(next, values) : null,
  }
}

const none = { name: '', first: '', problem: '', why: '', newest: '', version: '', one: '', other: '', lost: 'no' }

/** Why a device is held up. */
export function causeWords(voice: Voice, line: Pick<Line, 'cause' | 'facts'>): string {
  if (line.cause === null) return ''
  const name = `batch.cause.${line.cause}`
  const values = {
    name: '',
    first: '',
    waits: '',
    reason: '',
    code: '',
    missing: 0,
    at: '–',
    ...valuesOf(voice, line.facts),
  }
  return voice.has(name) ? voice.tell(name, values) : line.cause
}

/** What to do about a device that is held up. */
export function causeNext(voice: Voice, cause: string | null): string | null {
  const name = `batch.cause.${cause}.next`
  return cause !== null && voice.has(name) ? voice.t(name) : null
}

/** What is wrong with a line. */
export function faultWords(voice: Voice, fault: Fault): string {
  const name = `batch.fault.${fault.code}`
  return voice.has(name) ? voice.tell(name, { ...fault.facts }) : fault.code
}
