import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { get } from '../api.ts'
import type { Page } from '../contract.ts'
import type { Effect, EffectGroup, PreviewDevice } from '../contract/policies.ts'
import { useVoice, type Voice } from '../i18n/index.tsx'
import { Icon } from './Icon.tsx'
import { Mentions } from './Mentions.tsx'
import { langOf } from './names.ts'
import { ProblemNote } from './Problem.tsx'
import { Change, sayKey, sayKind, sayValue } from './values.tsx'

const signs = { add: 'd-add', change: 'd-chg', remove: 'd-del' } as const

/** Keys of one effect that are shown before the reader asks for the rest. */
const fewKeys = 4

/** What changes, line by line: sign and word, then item and keys from before to after. */
export function EffectLines(props: LinesProps) {
  return (
    <Mentions of={props.effects}>
      <Lines {...props} />
    </Mentions>
  )
}

interface LinesProps {
  effects: readonly Effect[]
  devices?: number
  platforms?: string
}

function Lines(props: LinesProps) {
  const voice = useVoice()
  return (
    <ul className="diff">
      {props.effects.map(effect => (
        <EffectLine
          key={`${effect.sign}${effect.item}`}
          voice={voice}
          effect={effect}
          {...(props.devices !== undefined && { devices: props.devices })}
          {...(props.platforms !== undefined && { platforms: props.platforms })}
        />
      ))}
    </ul>
  )
}

function EffectLine(props: { voice: Voice; effect: Effect; devices?: number; platforms?: string }) {
  const { voice, effect } = props
  const { t, rich } = voice
  const [all, setAll] = useState(false)
  const name = effect.name
  const kind = sayKind(voice, effect.kind)
  const keys = effect.sign === 'remove' ? [] : all ? effect.keys : effect.keys.slice(0, fewKeys)
  const rest = effect.sign === 'remove' ? 0 : effect.keys.length + effect.moreKeys - keys.length
  return (
    <li className={keys.length > 1 ? 'tall' : undefined}>
      <span className={`d ${signs[effect.sign]}`}>{t(`preview.sign.${effect.sign}`)}</span>
      <div className="effect">
        <span>
          {rich('preview.item', { kind, name })}
          {keys.length === 1 && keys[0] && (
            <>
              : {sayKey(voice, effect.kind, keys[0].key)} <Value voice={voice} effect={effect} at={0} />
            </>
          )}
        </span>
        {keys.length > 1 && (
          <ul className="effect-keys">
            {keys.map((one, at) => (
              <li key={one.key}>
                <span className="soft">{sayKey(voice, effect.kind, one.key)}</span>{' '}
                <span>
                  <Value voice={voice} effect={effect} at={at} />
                </span>
              </li>
            ))}
            {rest > 0 && (
              <li>
                {all ? (
                  <span className="small muted">{t('preview.moreKeys', { n: rest })}</span>
                ) : (
                  <button type="button" className="link small" onClick={() => setAll(true)}>
                    {t('preview.moreKeys', { n: rest })}
                  </button>
                )}
              </li>
            )}
          </ul>
        )}
      </div>
      {props.devices !== undefined && (
        <span className="num">
          {t('preview.devices', { n: props.devices })} <span className="muted wide-only">{props.platforms}</span>
        </span>
      )}
    </li>
  )
}

function Value({ voice, effect, at }: { voice: Voice; effect: Effect; at: number }) {
  const one = effect.keys[at]
  if (!one) return null
  if (effect.sign === 'add') return <b>{sayValue(voice, one.key, one.after, effect.kind)}</b>
  return <Change voice={voice} kind={effect.kind} name={one.key} before={one.before} after={one.after} />
}

/** The devices of a group: the first few with the preview, the rest page by page when asked. */
export function GroupDevices({ preview, group }: { preview: string | null; group: EffectGroup }) {
  const { t } = useVoice()
  const [open, setOpen] = useState(false)
  const [all, setAll] = useState(false)
  const pages = useInfiniteQuery({
    queryKey: ['preview', preview, 'group', group.key],
    enabled: all,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<PreviewDevice>>(`/previews/${preview}/groups/${group.key}/devices`, { cursor: pageParam }, signal),
    getNextPageParam: page => page.next,
  })
  if (group.devices === 0) return null
  const listed = pages.data?.pages.flatMap(page => page.items) ?? group.sample
  const more = all ? pages.hasNextPage : Boolean(preview) && group.devices > group.sample.length
  return (
    <div className="group-devices">
      <button type="button" className="link small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t('preview.hideDevices') : t('preview.showDevices', { n: group.devices })}
      </button>
      {open && (
        <ul className="who-list">
          {listed.map(device => (
            <li key={device.id}>
              <Icon name={device.formFactor} />
              <Link
                to="/devices/$device"
                params={{ device: device.id }}
                className="plain cut"
                lang={langOf(device.name)}
              >
                {device.name}
              </Link>
              {device.user && <span lang={langOf(device.user)}>{device.user}</span>}
            </li>
          ))}
        </ul>
      )}
      {open && <ProblemNote error={pages.error} />}
      {open && more && (
        <button
          type="button"
          className="link small"
          onClick={() => (all ? void pages.fetchNextPage() : setAll(true))}
          aria-disabled={pages.isFetching}
        >
          {t('preview.allDevices', { n: group.devices - listed.length })}
        </button>
      )}
    </div>
  )
}
