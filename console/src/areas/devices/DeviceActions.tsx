import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Device, DeviceAction } from '../../contract.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { ActionMenu, type MenuLine } from '../../kit/ActionMenu.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { useCan } from '../../session.tsx'
import { kindWord } from '../commands/words.ts'
import { foreseenQuery } from '../incidents/queries.ts'
import { ReportDialog } from '../incidents/ReportDialog.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { OrderDialog } from './OrderDialog.tsx'
import { refresh } from './queries.ts'
import { WipeDialog } from './WipeDialog.tsx'

/** The drawing of each command a person gives from here, in the order of the menu. */
const icons: Record<string, IconName> = {
  lock: 'lock',
  'lost-mode.enable': 'flag',
  'lost-mode.disable': 'flag',
  'lost-mode.sound': 'sound',
  'location.query': 'pin',
  restart: 'restart',
  shutdown: 'power',
  suspend: 'power',
  resume: 'power',
  'app.clear': 'refresh',
  'esim.add': 'plus',
  'esim.remove': 'x',
  'esim.query': 'unknown',
  'clear-passcode': 'key',
  wipe: 'erase',
}
const order = Object.keys(icons)

/** Commands that stand beside the title when the device can take them, by what the moment asks for; the others are in the menu. */
const inFront = {
  lost: ['location.query', 'lost-mode.sound', 'lost-mode.disable', 'lock'],
  usual: ['lock', 'restart'],
} as const

/** Commands that mean nothing now: lost mode goes on or off, and only a lost device is called by its sound. */
const pointless = {
  lost: ['lost-mode.enable'],
  usual: ['lost-mode.disable', 'lost-mode.sound'],
} as const

/** What this device can be told now. What it cannot is in the menu with the reason. */
export function DeviceActions({ device }: { device: Device }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const navigate = useNavigate()
  const { report } = useSearch({ strict: false }) as { report?: string }
  const [asking, setAsking] = useState<string | null>(report ? 'report' : null)
  const close = () => setAsking(null)
  const ask = useMutation({
    mutationFn: () => refresh(device.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device', device.id] }),
  })
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/devices/${device.id}`),
    onSuccess: () => location.assign('/devices'),
  })
  const missing = useMissing(device)
  const live = device.enrollments.find(enrollment => enrollment.state !== 'ended')
  const moment = device.state === 'lost' ? 'lost' : 'usual'
  const known = device.actions
    .filter(action => order.includes(action.kind) && !(pointless[moment] as readonly string[]).includes(action.kind))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  const front = inFront[moment]
    .map(kind => known.find(action => action.allowed && action.kind === kind))
    .filter(action => action !== undefined)
    .slice(0, 3)
  const rest = known.filter(action => !front.includes(action))
  const written = device.actions.find(action => action.kind === 'apple.raw')
  const lines: MenuLine[] = [
    ...(device.state === 'ended'
      ? [{ key: 'remove', icon: 'x' as const, label: t('device.remove'), onClick: () => remove.mutate() }]
      : [{ key: 'refresh', icon: 'refresh' as const, label: t('device.askAgain'), onClick: () => ask.mutate() }]),
    ...rest.map(action => lineOf(voice, action, setAsking)),
    ...(written && written.reason !== 'permission.missing'
      ? [
          {
            ...lineOf(voice, written, () => undefined),
            icon: 'send' as const,
            label: t('apple.menu'),
            apart: true,
            onClick: () => void navigate({ to: '/devices/$device/apple', params: { device: device.id } }),
          },
        ]
      : []),
    ...(live
      ? [{ key: 'leave', icon: 'logout' as const, label: t('device.leave'), onClick: () => setAsking('leave') }]
      : []),
  ]
  return (
    <>
      {missing === 'no' && (
        <Button icon="flag" onClick={() => setAsking('report')}>
          {t('incident.report')}
        </Button>
      )}
      {missing !== null && missing !== 'no' && (
        <ButtonLink to="/incidents/$incident" params={{ incident: missing }} icon="flag" variant="primary">
          {t('incident.toIncident')}
        </ButtonLink>
      )}
      {front.map(action => (
        <Button key={action.kind} icon={icons[action.kind] ?? 'send'} onClick={() => setAsking(action.kind)}>
          {asks(voice, action.kind)}
        </Button>
      ))}
      <ActionMenu label={t('device.more')} lines={lines} />
      {asking === 'report' && <ReportDialog device={device} onClose={close} />}
      {asking === 'wipe' && <WipeDialog device={device} onClose={close} />}
      {asking === 'leave' && live && <LeaveDialog device={device} enrollment={live.id} onClose={close} />}
      {asking !== null && !['wipe', 'leave', 'report'].includes(asking) && (
        <OrderDialog device={device} kind={asking} onClose={close} />
      )}
    </>
  )
}

/** The incident of a device that is missing, `no` when one can be reported, null when neither may be seen. */
function useMissing(device: Device): string | null {
  const can = useCan()
  const query = useQuery({ ...foreseenQuery(device.id), enabled: can('incidents:read') })
  if (query.data?.open) return query.data.open.id
  return query.data && can('incidents:write') && device.state !== 'ended' ? 'no' : null
}

const asks = (voice: Voice, kind: string): string => voice.t('device.asks', { command: kindWord(voice, kind) })

function lineOf(voice: Voice, action: DeviceAction, choose: (kind: string) => void): MenuLine {
  const reason = action.reason ? `problem.${action.reason}` : null
  const why = action.allowed
    ? null
    : reason && voice.has(reason)
      ? voice.t(reason)
      : (action.reason ?? voice.t('device.cannot'))
  return {
    key: action.kind,
    icon: icons[action.kind] ?? 'send',
    label: asks(voice, action.kind),
    disabled: !action.allowed,
    why,
    apart: action.kind === 'wipe',
    onClick: () => choose(action.kind),
  }
}
