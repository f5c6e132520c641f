import type { Command, CommandState } from '../../contract.ts'
import type { Key, Voice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'

/** A command's kind in words; a kind no catalog knows keeps its own name. */
export function kindWord(voice: Voice, kind: string): string {
  const key = `command.kind.${kind}`
  return voice.has(key) ? voice.t(key) : kind
}

/** How a command stands, as it is shown: the seven states, and "pushed" and "not now" that lie inside them. */
export type Standing = CommandState | 'pushed' | 'not-now'

/** The standing of a command from its state and times. */
export function standingOf(command: Pick<Command, 'state'> & Partial<Command>): Standing {
  if (command.state === 'queued' && command.notNow) return 'not-now'
  if (command.state === 'queued' && command.pushedAt) return 'pushed'
  return command.state
}

/** How each standing looks and is called. */
export const standings: Record<Standing, { tone: ToneName; icon: IconName; label: Key }> = {
  held: { tone: 'pending', icon: 'held', label: 'command.state.held' },
  queued: { tone: 'pending', icon: 'queued', label: 'command.state.queued' },
  pushed: { tone: 'pending', icon: 'send', label: 'command.state.pushed' },
  sent: { tone: 'pending', icon: 'refresh', label: 'command.state.sent' },
  'not-now': { tone: 'pending', icon: 'pending', label: 'command.state.not-now' },
  done: { tone: 'ok', icon: 'ok', label: 'command.state.done' },
  failed: { tone: 'danger', icon: 'danger', label: 'command.state.failed' },
  expired: { tone: 'none', icon: 'pending', label: 'command.state.expired' },
  canceled: { tone: 'none', icon: 'canceled', label: 'command.state.canceled' },
  superseded: { tone: 'none', icon: 'arrow', label: 'command.state.superseded' },
}

/** Whether nothing more will happen to it. */
export const isOver = (state: CommandState): boolean => !['held', 'queued', 'sent'].includes(state)
