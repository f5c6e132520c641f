import type { Alert, Severity } from '../../contract/alerts.ts'
import type { Key, Voice } from '../../i18n/index.tsx'
import type { Values } from '../../i18n/messages.ts'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'
import { kindWord } from '../commands/words.ts'

/** How a gravity looks. */
export const severities: Record<Severity, { tone: ToneName; icon: IconName; label: Key }> = {
  critical: { tone: 'danger', icon: 'danger', label: 'alerts.severity.critical' },
  warning: { tone: 'attention', icon: 'attention', label: 'alerts.severity.warning' },
  caution: { tone: 'pending', icon: 'info', label: 'alerts.severity.caution' },
}

/** How a state looks. */
export const states: Record<Alert['state'], { tone: ToneName; icon: IconName; label: Key }> = {
  open: { tone: 'attention', icon: 'flag', label: 'alerts.state.open' },
  acknowledged: { tone: 'pending', icon: 'user', label: 'alerts.state.acknowledged' },
  resolved: { tone: 'ok', icon: 'check', label: 'alerts.state.resolved' },
}

/** What sentences may ask for and not every alert has. */
const none: Values = {
  what: '',
  address: '',
  device: '',
  person: '',
  rule: '',
  apps: 'none',
  subject: '',
  command: '',
  item: '',
  action: '',
  kind: '',
  name: '',
  day: '',
  serial: '',
  attested: '',
  reds: 0,
  why: '',
  cause: '',
  days: 0,
  minutes: 0,
  count: 0,
  failed: 0,
  required: 0,
}

/** The one sentence that an alert is. */
export function titleOf(voice: Voice, { type, facts }: Pick<Alert, 'type' | 'facts'>): string {
  const key = `alert.title.${type}`
  if (!voice.has(key)) return type
  const given = Object.entries(facts).filter(([, value]) => value !== null && value !== '')
  const said: Values = { ...none, ...(Object.fromEntries(given) as Values) }
  if (type === 'command-failed') said['command'] = kindWord(voice, String(facts['command'] ?? ''))
  if (type.startsWith('guard-') && said['action'] !== '') said['action'] = kindWord(voice, String(said['action']))
  return voice.tell(key, said)
}

/** What to do next. */
export function nextOf({ t, has }: Voice, type: string): string | null {
  const key = `alert.next.${type}`
  return has(key) ? t(key) : null
}

/** Where an alert is acted on. */
export function actOf(alert: Alert): { to: string; label: Key; icon: IconName } | null {
  const { about, device, type } = alert
  if (about?.kind === 'incident') return { to: `/incidents/${about.id}`, label: 'alerts.act.incident', icon: 'flag' }
  if (about?.kind === 'campaign') return { to: `/updates/${about.id}`, label: 'alerts.act.campaign', icon: 'refresh' }
  if (type === 'leading-refused') return { to: '/enrollment/accounts', label: 'door.title', icon: 'devices' }
  if (about?.kind === 'program' && alert.facts['kind'] === 'devices')
    return { to: '/enrollment/automated', label: 'alerts.act.program', icon: 'devices' }
  if (about?.kind === 'app') return { to: `/apps/${about.id}`, label: 'alerts.act.app', icon: 'devices' }
  if (about?.kind === 'license')
    return { to: `/apps/licenses/${about.id}`, label: 'alerts.act.license', icon: 'policies' }
  if (about?.kind === 'program' && alert.facts['kind'] === 'content')
    return { to: '/apps/licenses', label: 'alerts.act.license', icon: 'policies' }
  if (about?.kind === 'intake')
    return { to: `/enrollment/batches/${about.id}`, label: 'alerts.act.intake', icon: 'devices' }
  if (about?.kind === 'newcomer') return { to: '/enrollment/waiting', label: 'alerts.act.newcomer', icon: 'devices' }
  if (about?.kind === 'intent') return { to: `/activity/held/${about.id}`, label: 'alerts.act.held', icon: 'held' }
  if (type.startsWith('guard-')) return { to: '/settings/guard', label: 'alerts.act.guard', icon: 'shield' }
  if (type === 'hours-asked') return { to: '/people/hours', label: 'alerts.act.asked', icon: 'pending' }
  if (type === 'expiring' || type === 'push-refused' || type === 'account-trouble')
    return { to: '/settings/certificates', label: 'alerts.act.certificates', icon: 'cert' }
  if (type === 'mail-undelivered') return { to: '/settings/mail', label: 'alerts.act.mail', icon: 'send' }
  if (about?.kind === 'command') return { to: `/commands/${about.id}`, label: 'alerts.act.command', icon: 'send' }
  if (type === 'item-failed' && device)
    return { to: `/devices/${device.id}?tab=policy`, label: 'alerts.act.policy', icon: 'policies' }
  return device ? { to: `/devices/${device.id}`, label: 'alerts.act.device', icon: 'devices' } : null
}
