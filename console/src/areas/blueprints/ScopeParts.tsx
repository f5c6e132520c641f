import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api.ts'
import type { Page, SearchAnswer, Unit, User } from '../../contract.ts'
import type { ScopeSelection } from '../../contract/blueprints.ts'
import type { Ref } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { fold } from '../../i18n/messages.ts'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { useUnits } from '../../scope.tsx'
import { PickOne, type PickLine } from './PickOne.tsx'
import { partsIn, type ScopeKind, scopeKinds, withoutPart, withPart } from './scope.ts'

const icons: Record<ScopeKind, IconName> = {
  unitBelow: 'unit',
  unit: 'unit',
  group: 'people',
  tag: 'flag',
  user: 'user',
  device: 'devices',
}

/** Who is named: chips that can be taken away, and a field that finds more. */
export function ScopeParts(props: {
  label: string
  empty: string
  /** Only units at or below this one can be named. */
  anchor: Unit | null
  selection: ScopeSelection
  names: Readonly<Record<string, string>>
  onName(id: string, name: string): void
  onChange(selection: ScopeSelection): void
}) {
  const { t } = useVoice()
  const { selection, names } = props
  const [kind, setKind] = useState<ScopeKind>('unitBelow')
  const [text, setText] = useState('')
  const options = useOptions(kind, text, props.anchor)
  const parts = partsIn(selection)
  return (
    <fieldset className="parts">
      <legend className="lab">{props.label}</legend>
      <div className="part-chips">
        {parts.length === 0 && <span className="small muted">{props.empty}</span>}
        {parts.map(part => {
          const name = names[part.id] ?? part.id
          return (
            <span key={`${part.kind}${part.id}`} className="chip">
              <Icon name={icons[part.kind]} />
              <span className="chip-words" lang={langOf(name)}>
                <b>{name}</b> {part.kind === 'unitBelow' && t('scopes.andBelow')}
              </span>
              <button
                type="button"
                aria-label={t('filter.remove', { name })}
                onClick={() => props.onChange(withoutPart(selection, part))}
              >
                <Icon name="x" />
              </button>
            </span>
          )
        })}
      </div>
      <div className="part-add">
        <span className="pick">
          <select
            className="in"
            aria-label={t('scopes.what', { where: props.label })}
            value={kind}
            onChange={event => {
              setKind(event.target.value as ScopeKind)
              setText('')
            }}
          >
            {scopeKinds.map(one => (
              <option key={one} value={one}>
                {t(`scopes.kind.${one}`)}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
        <PickOne
          label={t('scopes.find', { kind: t(`scopes.kind.${kind}`), where: props.label })}
          placeholder={t('scopes.findShort')}
          text={text}
          onText={setText}
          free={kind === 'tag'}
          options={options}
          onPick={(id, name) => {
            props.onName(id, name)
            props.onChange(withPart(selection, { kind, id }))
          }}
        />
      </div>
    </fieldset>
  )
}

const most = 8

function useOptions(kind: ScopeKind, text: string, anchor: Unit | null): PickLine[] {
  const units = useUnits()
  const [query] = useDebouncedValue(text.trim(), 150)
  const users = useQuery<Page<User>>({
    queryKey: ['users', 'pick', query],
    enabled: kind === 'user',
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<Page<User>>('/users', { filter: query, limit: most }, signal),
  })
  const groups = useQuery<Page<Ref>>({
    queryKey: ['groups', 'pick', query],
    enabled: kind === 'group',
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<Page<Ref>>('/groups', { filter: query, limit: most }, signal),
  })
  const devices = useQuery<SearchAnswer>({
    queryKey: ['search', query],
    enabled: kind === 'device' && query.length > 1,
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<SearchAnswer>('/search', { q: query }, signal),
  })
  switch (kind) {
    case 'unit':
    case 'unitBelow':
      return (units.data ?? [])
        .filter(unit => !anchor || unit.id === anchor.id || unit.path.startsWith(`${anchor.path} / `))
        .filter(unit => fold(unit.path).includes(fold(text.trim())))
        .slice(0, most)
        .map(unit => ({ id: unit.id, name: unit.name, sub: unit.path }))
    case 'user':
      return (users.data?.items ?? []).map(user => ({ id: user.id, name: user.displayName, sub: user.email }))
    case 'group':
      return (groups.data?.items ?? []).map(group => ({ id: group.id, name: group.name }))
    case 'device':
      return (devices.data?.devices ?? []).map(device => ({
        id: device.id,
        name: device.name,
        sub: device.serial ?? null,
      }))
    case 'tag':
      return []
  }
}
