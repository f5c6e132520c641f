import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { ActionMenu, type MenuLine } from '../../kit/ActionMenu.tsx'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { EraseDialog, MessageDialog } from './ActDialogs.tsx'
import { type Act, act, type Incident } from './queries.ts'

const icons: Partial<Record<Act, IconName>> = {
  message: 'message',
  sound: 'sound',
  erase: 'erase',
  'work-data': 'erase',
  locate: 'pin',
  lock: 'lock',
}

type Thumbs = 'message' | 'sound' | 'erase' | 'work-data'
const thumbs: readonly Thumbs[] = ['message', 'sound', 'erase', 'work-data']

/** What can be done about the device, under one thumb; each says what it does on this device, or why it cannot. */
export function Thumb({ incident }: { incident: Incident }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const [asking, setAsking] = useState<Thumbs | null>(null)
  const close = () => setAsking(null)
  const send = useMutation({ mutationFn: (verb: Act) => act(client, incident.id, verb) })
  const can = <T extends Act>(names: readonly T[]) =>
    names.flatMap(name => {
      const known = incident.acts.find(a => a.act === name)
      const shown = known && known.reason !== 'permission.missing' && known.reason !== 'incident.over'
      return shown ? [{ name, allowed: known.allowed, reason: known.reason }] : []
    })
  const found = can(thumbs)
  const more = can(['locate', 'lock'] as const)
  if (found.length === 0) return null
  const lines: MenuLine[] = more.map(({ name, allowed, reason }) => ({
    key: name,
    icon: icons[name] ?? 'send',
    label: t(`incident.act.${name}`),
    disabled: !allowed,
    why: allowed ? null : reasonOf(voice, reason),
    onClick: () => send.mutate(name),
  }))
  return (
    <>
      <nav className="thumb" aria-label={t('incident.acts')}>
        {found.map(({ name, allowed, reason }) => (
          <button
            key={name}
            type="button"
            disabled={!allowed}
            title={allowed ? undefined : reasonOf(voice, reason)}
            onClick={() => (name === 'sound' ? send.mutate('sound') : setAsking(name))}
          >
            <Icon name={icons[name] ?? 'send'} />
            <b>{t(`incident.act.${name}`)}</b>
            <span>{allowed ? t(`incident.sub.${name}`) : t('incident.sub.cannot')}</span>
          </button>
        ))}
        <ActionMenu label={t('incident.more')} lines={lines} />
        {send.error && (
          <div className="thumb-note">
            <ProblemNote error={send.error} />
          </div>
        )}
      </nav>
      {asking === 'message' && <MessageDialog incident={incident} onClose={close} />}
      {(asking === 'erase' || asking === 'work-data') && (
        <EraseDialog incident={incident} scope={asking === 'erase' ? 'all' : 'work'} onClose={close} />
      )}
    </>
  )
}

function reasonOf({ t, has }: Voice, reason: string | null): string {
  const key = `problem.${reason ?? ''}`
  return has(key) ? t(key) : (reason ?? '')
}
