import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react'
import { get } from '../api.ts'
import type { SearchAnswer } from '../contract.ts'
import { type Key, useVoice, type Voice } from '../i18n/index.tsx'
import { fold } from '../i18n/messages.ts'
import { partsOfAddress } from '../kit/address.ts'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { kindWord } from '../areas/commands/words.ts'
import { formIcon } from '../areas/devices/words.ts'
import { useCan, useSignOut } from '../session.tsx'
import { useSettingHits, wishesOf } from './moreHits.ts'

/** One thing that was found, and what choosing it does. */
export interface Hit {
  key: string
  group: Key
  icon: IconName
  label: string
  sub?: string | null
  run(): void
}

/** Finds devices, people, units, commands, policies, groups, tags, settings, pages and actions. */
export function CommandPalette(props: { opened: boolean; onClose(): void; onHelp(): void }) {
  const { t } = useVoice()
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={600}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      classNames={{ content: 'dialog palette' }}
    >
      <Modal.Overlay className="veil" />
      <Modal.Content radius="md" aria-label={t('nav.search')}>
        <Modal.Body p={0}>{props.opened && <Search onClose={props.onClose} onHelp={props.onHelp} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function Search({ onClose, onHelp }: { onClose(): void; onHelp(): void }) {
  const voice = useVoice()
  const { t } = voice
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [query] = useDebouncedValue(text.trim(), 120)
  const answer = useQuery<SearchAnswer>({
    queryKey: ['search', query],
    enabled: query.length > 1,
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<SearchAnswer>('/search', { q: query }, signal),
  })
  const places = usePlaces(onHelp)
  const can = useCan()
  const settings = useSettingHits(query)
  const go = useNavigate()
  const found = useMemo(
    () => [
      ...(query.length > 1 && answer.data ? hitsOf(answer.data, voice, to => void go(partsOfAddress(to))) : []),
      ...(query.length > 1 && answer.data && can('incidents:write')
        ? reportsOf(answer.data, voice, to => void go(partsOfAddress(to)))
        : []),
      // A page of that name before settings that only speak of it.
      ...places.filter(hit => fold(hit.label).includes(fold(text.trim()))),
      ...settings.hits,
    ],
    [query, answer.data, settings.hits, voice, places, text, go, can],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text starts at the first hit
  useEffect(() => {
    setAt(0)
    setEager(false)
  }, [text])
  const run = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    hit.run()
  }
  // Whoever types and presses Enter at once means what will be found, not what still stands there.
  const late =
    text.trim() !== query || settings.late || (query.length > 1 && (answer.isPlaceholderData || answer.isPending))
  const [eager, setEager] = useState(false)
  useEffect(() => {
    if (!eager || late) return
    setEager(false)
    run(found[0])
  })
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt(now => (now + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (late) setEager(true)
      else run(found[at])
    }
  }
  return (
    <>
      <div className="palette-in">
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
          aria-label={t('nav.search')}
          placeholder={t('nav.search')}
          value={text}
          onChange={event => setText(event.target.value)}
          onKeyDown={onKey}
          autoComplete="off"
          spellCheck={false}
        />
        <kbd>Esc</kbd>
      </div>
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={t('palette.results')}>
        {found.map((hit, index) => (
          <HitLine
            key={hit.key}
            id={`${id}-${index}`}
            hit={hit}
            first={found[index - 1]?.group !== hit.group}
            current={index === at}
            onPoint={() => setAt(index)}
            onRun={() => run(hit)}
          />
        ))}
      </div>
      {found.length === 0 && <p className="palette-none muted">{t('palette.none', { text })}</p>}
      <span className="vh" role="status">
        {t('palette.count', { n: found.length })}
      </span>
    </>
  )
}

/** Reporting what was found missing, for the first few devices. */
function reportsOf(answer: SearchAnswer, voice: Voice, go: (to: string) => void): Hit[] {
  return answer.devices.slice(0, 3).map(device => ({
    key: `report ${device.id}`,
    group: 'palette.actions' as const,
    icon: 'flag' as const,
    label: voice.t('incident.report'),
    sub: device.name,
    run: () => go(`/devices/${device.id}?report=1`),
  }))
}

function HitLine(props: { id: string; hit: Hit; first: boolean; current: boolean; onPoint(): void; onRun(): void }) {
  const { t } = useVoice()
  return (
    <>
      {props.first && (
        <div className="palette-group" role="presentation">
          {t(props.hit.group)}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox moves and chooses by keyboard */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, which names the active option */}
      <div
        id={props.id}
        role="option"
        aria-selected={props.current}
        className="palette-hit"
        ref={line => {
          if (props.current) line?.scrollIntoView({ block: 'nearest' })
        }}
        onMouseMove={props.onPoint}
        onClick={props.onRun}
      >
        <Icon name={props.hit.icon} />
        <span className="cut">{props.hit.label}</span>
        {props.hit.sub && <span className="small muted cut push">{props.hit.sub}</span>}
      </div>
    </>
  )
}

function hitsOf(answer: SearchAnswer, voice: Voice, go: (to: string) => void): Hit[] {
  return [
    ...answer.devices.map(device => ({
      key: device.id,
      group: 'palette.devices' as const,
      icon: device.formFactor ? formIcon(device.formFactor) : ('devices' as const),
      label: device.name,
      sub: device.serial ?? device.unit?.path ?? null,
      run: () => go(`/devices/${device.id}`),
    })),
    ...answer.users.map(user => ({
      key: user.id,
      group: 'palette.users' as const,
      icon: 'user' as const,
      label: user.displayName,
      sub: user.email ?? null,
      run: () => go(`/people/${user.id}`),
    })),
    ...answer.commands.map(command => ({
      key: command.id,
      group: 'palette.commands' as const,
      icon: 'send' as const,
      label: kindWord(voice, command.kind),
      sub: command.device?.name ?? null,
      run: () => go(`/commands/${command.id}`),
    })),
    ...answer.units.map(unit => ({
      key: unit.id,
      group: 'palette.units' as const,
      icon: 'unit' as const,
      label: unit.path,
      run: () => go(`/people?unit=${unit.id}`),
    })),
    ...wishesOf(answer, voice, go),
  ]
}

const places: readonly [string, Key, IconName, string?][] = [
  ['/', 'nav.home', 'home'],
  ['/devices', 'nav.devices', 'devices'],
  ['/enrollment', 'enroll.title', 'plus', 'invitations:read'],
  ['/people', 'nav.people', 'people'],
  ['/people/groups', 'groups.title', 'people', 'users:read'],
  ['/people/hours', 'hours.title', 'pending', 'hours:read'],
  ['/people/changes', 'changes.title', 'move', 'changes:read'],
  ['/people/import', 'imports.title', 'upload', 'changes:read'],
  ['/policies', 'nav.policies', 'policies', 'policies:read'],
  ['/policies/new', 'policies.new', 'plus', 'policies:write'],
  ['/policies/blueprints', 'blueprints.title', 'policies', 'policies:read'],
  ['/policies/calendars', 'calendars.title', 'policies', 'hours:read'],
  ['/policies/tests', 'tests.title', 'policies', 'policies:read'],
  ['/policies/rollouts', 'rollouts.title', 'send', 'policies:read'],
  ['/apps', 'nav.apps', 'apps', 'apps:read'],
  ['/activity', 'activity.title', 'activity', 'events:read'],
  ['/incidents', 'incident.title', 'flag', 'incidents:read'],
  ['/reports/compliance', 'compliance.title', 'reports', 'compliance:read'],
  ['/reports/rules', 'rules.title', 'reports', 'compliance:read'],
  ['/reports/app-usage', 'appUsage.title', 'apps', 'compliance:read'],
  ['/reports/exceptions', 'ruleExceptions.title', 'reports', 'compliance:read'],
  ['/reports/frameworks', 'frameworks.title', 'reports', 'compliance:read'],
  ['/commands', 'commands.title', 'send'],
  ['/alerts', 'alerts.title', 'bell', 'alerts:read'],
  ['/updates', 'updates.title', 'refresh', 'updates:read'],
  ['/settings/notifications', 'notifications.title', 'bell'],
  ['/settings/mail', 'mail.title', 'send', 'admins:read'],
  ['/settings/waking', 'waking.title', 'bell', 'certificates:read'],
  ['/settings/certificates', 'certificates.title', 'cert', 'certificates:read'],
  ['/settings/admins', 'admins.title', 'shield', 'admins:read'],
  ['/settings/keys', 'keys.title', 'key', 'keys:read'],
  ['/me', 'account.title', 'user'],
]

function usePlaces(onHelp: () => void): Hit[] {
  const { t } = useVoice()
  const go = useNavigate()
  const signOut = useSignOut()
  const can = useCan()
  return [
    ...places
      .filter(([, , , permission]) => permission === undefined || can(permission))
      .map(([to, label, icon]) => ({
        key: to,
        group: 'palette.pages' as const,
        icon,
        label: t(label),
        run: () => void go({ to }),
      })),
    { key: 'help', group: 'palette.actions', icon: 'unknown', label: t('nav.help'), run: onHelp },
    { key: 'sign-out', group: 'palette.actions', icon: 'logout', label: t('nav.signOut'), run: () => void signOut() },
  ]
}
