import type { ReactNode } from 'react'
import type { Actor } from '../../contract.ts'
import type { Key, Voice } from '../../i18n/index.tsx'
import type { Values } from '../../i18n/messages.ts'
import type { IconName } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { sayItem } from '../../kit/values.tsx'
import { kindWord } from '../commands/words.ts'
import { actionWord } from '../guard/words.ts'

const icons: readonly [start: string, icon: IconName][] = [
  ['command.acknowledged', 'ok'],
  ['command.done', 'ok'],
  ['command.failed', 'danger'],
  ['command.error', 'danger'],
  ['command.deferred', 'pending'],
  ['command.not', 'pending'],
  ['command.pushed', 'send'],
  ['command.sent', 'refresh'],
  ['command.fetched', 'refresh'],
  ['command.canceled', 'canceled'],
  ['command.expired', 'pending'],
  ['command', 'queued'],
  ['push', 'send'],
  ['device.seen', 'refresh'],
  ['device.fact', 'edit'],
  ['device.lost', 'flag'],
  ['device', 'devices'],
  ['enrollment', 'plus'],
  ['invitation', 'qr'],
  ['intake', 'devices'],
  ['incident', 'flag'],
  ['standing-order', 'pending'],
  ['fix', 'pin'],
  ['certificate', 'cert'],
  ['secret', 'eye'],
  ['admin', 'shield'],
  ['grant', 'shield'],
  ['session', 'user'],
  ['user', 'user'],
  ['unit', 'unit'],
  ['key', 'key'],
  ['api-key', 'key'],
  ['view', 'columns'],
  ['policy', 'policies'],
  ['blueprint', 'policies'],
  ['assignment', 'policies'],
  ['desired', 'policies'],
  ['item.failed', 'danger'],
  ['item.drifted', 'attention'],
  ['item.repaired', 'ok'],
  ['rollout.stopped', 'danger'],
  ['rollout.paused', 'paused'],
  ['rollout', 'send'],
  ['trial', 'edit'],
  ['declarations.stalled', 'silent'],
  ['declarations', 'refresh'],
  ['alert', 'bell'],
  ['mail', 'send'],
  ['group', 'people'],
  ['tag-rule', 'flag'],
  ['import', 'upload'],
  ['change', 'move'],
  ['intent', 'held'],
  ['guard.frozen', 'power'],
  ['guard', 'shield'],
]

/** The drawing of a kind of event. */
export const eventIcon = (type: string): IconName => icons.find(([start]) => type.startsWith(start))?.[1] ?? 'activity'

/** The tone of a kind of event; most have none. */
export function eventTone(type: string): 'ok' | 'danger' | 'pending' | undefined {
  if (/\.(failed|refused|rejected|error|lost|broken)$/.test(type)) return 'danger'
  if (/\.(acknowledged|done|activated|verified)$/.test(type)) return 'ok'
  if (/\.(deferred|queued|pushed|not-now)$/.test(type)) return 'pending'
  return undefined
}

/** What can be changed about a device, in the words of the list. */
const fields: Readonly<Record<string, Key>> = {
  name: 'admins.name',
  unit: 'device.col.unit',
  user: 'device.col.user',
  ownership: 'device.col.ownership',
  assetTag: 'device.col.asset',
  osVersion: 'device.col.os',
  supervised: 'device.col.supervised',
  platform: 'device.col.platform',
  model: 'device.col.model',
  serial: 'device.col.serial',
}

/** The words of several such fields; IMEI is one by itself. */
function fieldsWord({ t, f }: Voice, said: readonly unknown[]): string {
  return f.list(said.map(one => (fields[String(one)] ? t(fields[String(one)] as Key) : String(one).toUpperCase())))
}

/** What happened, in words; an event no catalog knows is named by its type. */
export function eventWord(
  voice: Voice,
  type: string,
  data: Record<string, unknown> | null,
  name?: string | null,
): ReactNode {
  const key = `event.${type}`
  const kind = typeof data?.['kind'] === 'string' ? kindWord(voice, data['kind']) : ''
  const field = fields[String(data?.['field'])]
  const item = data?.['item']
  if (voice.has(key))
    return voice.tell(key, {
      ...plain(data),
      ...(typeof item === 'string' ? { item: sayItem(voice, item) } : {}),
      ...(field ? { field: voice.t(field) } : {}),
      ...(Array.isArray(data?.['fields']) ? { fields: fieldsWord(voice, data['fields']) } : {}),
      ...(typeof data?.['action'] === 'string' ? { action: actionWord(voice, data['action']) } : {}),
      kind,
      // What befell an app on a device is said of the app, whose page it stands on notwithstanding.
      name: (type.startsWith('app.') ? ofApp(data) : null) ?? name ?? String(data?.['name'] ?? ''),
    })
  return <span className="mono">{type}</span>
}

const ofApp = (data: Record<string, unknown> | null): string | null =>
  typeof data?.['app'] === 'string' && typeof data['name'] === 'string' ? data['name'] : null

/** Data of an event that a message can hold. */
function plain(data: Record<string, unknown> | null): Values {
  const values: Values = {}
  for (const [name, value] of Object.entries(data ?? {})) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') values[name] = value
  }
  return values
}

/** Who did it, in words. */
export function actorWord(voice: Voice, actor: Actor): ReactNode {
  if (actor.name && actor.kind === 'key') return voice.t('actor.keyNamed', { name: actor.name })
  if (actor.name) return <span lang={langOf(actor.name)}>{actor.name}</span>
  return voice.t(`actor.${actor.kind}`)
}
