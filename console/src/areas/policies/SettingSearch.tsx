import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Kind } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { fold } from '../../i18n/messages.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { sayKey, sayKind } from '../../kit/values.tsx'
import { settingsQuery } from './queries.ts'
import { firstValue } from './SettingControl.tsx'
import type { Setting } from './settings.ts'
import type { DraftHold } from './useDraft.ts'

/** Searches what this kind can say, adds it to the policy; what other kinds say is named below. */
export function SettingSearch(props: {
  kind: Kind
  settings: readonly Setting[]
  draft: DraftHold
  editable: boolean
  at: string | null
  onAt(key: string): void
}) {
  const voice = useVoice()
  const { t } = voice
  const { kind, settings, draft } = props
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text.trim(), 200)
  const elsewhere = useQuery(settingsQuery(query))
  const words = fold(text.trim()).split(/\s+/)
  const found = settings.filter(({ key }) => {
    const hay = fold(`${key} ${sayKey(voice, kind.kind, key)}`)
    return words.every(word => hay.includes(word))
  })
  const others = query.length > 1 ? (elsewhere.data ?? []).filter(hit => hit.kind !== kind.kind).slice(0, 8) : []
  const add = (setting: Setting) => {
    draft.set({ ...draft.value, [setting.key]: firstValue(setting.schema) })
    props.onAt(setting.key)
  }
  return (
    <section className="cat" aria-labelledby="cat">
      <h2 className="vh" id="cat">
        {t('editor.catalog')}
      </h2>
      <div className="in-wrap">
        <Icon name="search" />
        <input
          className="in"
          type="search"
          aria-label={t('editor.searchSettings', { n: settings.length })}
          placeholder={t('editor.searchSettings', { n: settings.length })}
          value={text}
          onChange={event => setText(event.target.value)}
          autoComplete="off"
        />
      </div>
      <p className="small muted cnt" role="status">
        {t('editor.foundSettings', { found: found.length, of: settings.length })}
      </p>
      <ul className="hits">
        {found.map(setting => {
          const name = sayKey(voice, kind.kind, setting.key)
          const inside = setting.key in draft.value
          return (
            <li key={setting.key} className={props.at === setting.key ? 'hit on' : 'hit'}>
              <div>
                {inside ? (
                  <button type="button" className="hit-name" onClick={() => props.onAt(setting.key)}>
                    {name}
                  </button>
                ) : (
                  <span className="hit-name">{name}</span>
                )}
                <span className="mono key">{setting.key}</span>
              </div>
              {inside ? (
                <span className="small muted">{t('editor.inPolicy')}</span>
              ) : (
                props.editable && (
                  <Button size="sm" variant="quiet" icon="plus" iconOnly onClick={() => add(setting)}>
                    {t('editor.add', { name })}
                  </Button>
                )
              )}
            </li>
          )
        })}
      </ul>
      {others.length > 0 && (
        <>
          <h3>{t('editor.elsewhere')}</h3>
          <ul>
            {others.map(hit => (
              <li key={`${hit.kind} ${hit.key}`} className="hit">
                <div>
                  <Link
                    to="/policies/new/$kind"
                    params={{ kind: hit.kind }}
                    search={{ add: hit.key }}
                    className="plain"
                  >
                    {sayKey(voice, hit.kind, hit.key)}
                  </Link>
                  <span className="key small">{sayKind(voice, hit.kind)}</span>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
