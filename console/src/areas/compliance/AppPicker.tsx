import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import '../../kit/css/compliance.css'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { langOf } from '../../kit/names.ts'
import { ProblemNote } from '../../kit/Problem.tsx'
import { appsQuery } from './queries.ts'

/** An app that is chosen. */
export interface ChosenApp {
  app: string
  name: string
}

const identifier = /^[A-Za-z0-9][A-Za-z0-9._-]*\.[A-Za-z0-9._-]+$/

/** Chooses apps from what devices have: by name or identifier, with on how many devices each is. One that no device has can be added by its identifier. */
export function AppPicker({ chosen, onChange }: { chosen: ChosenApp[]; onChange(chosen: ChosenApp[]): void }) {
  const { t } = useVoice()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 250)
  const found = useQuery(appsQuery(asked))
  const add = (one: ChosenApp) => {
    if (!chosen.some(c => c.app === one.app)) onChange([...chosen, one])
    setText('')
  }
  const items = (found.data?.items ?? []).filter(one => !chosen.some(c => c.app === one.app))
  const typed = text.trim()
  const byHand = identifier.test(typed) && !items.some(one => one.app === typed)
  return (
    <div className="field">
      <TextField
        label={t('appUsage.find')}
        hint={t('appUsage.findHint')}
        type="search"
        autoComplete="off"
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          const [first] = items
          if (typed === '') return
          if (first) add({ app: first.app, name: first.name })
          else if (byHand) add({ app: typed, name: '' })
        }}
      />
      <ProblemNote error={found.error} />
      <ul className="found-apps" aria-label={t('appUsage.found')}>
        {items.map(one => (
          <li key={one.app}>
            <button type="button" onClick={() => add({ app: one.app, name: one.name })}>
              <span data-name lang={langOf(one.name)}>
                {one.name}
              </span>
              <span className="num muted">{t('appUsage.onDevices', { n: one.devices })}</span>
              <span className="mono small soft">{one.app}</span>
            </button>
          </li>
        ))}
        {byHand && (
          <li>
            <button type="button" onClick={() => add({ app: typed, name: '' })}>
              <span>{t('appUsage.byHand', { app: typed })}</span>
            </button>
          </li>
        )}
        {items.length === 0 && !byHand && found.data && <li className="pad muted">{t('appUsage.noneFound')}</li>}
      </ul>
      {chosen.length > 0 && (
        <ul className="chips-list" aria-label={t('appUsage.chosen')}>
          {chosen.map(one => (
            <li key={one.app}>
              <span data-name className="cut" title={one.app} lang={langOf(one.name || one.app)}>
                {one.name || one.app}
              </span>
              <Button
                size="sm"
                variant="quiet"
                icon="x"
                iconOnly
                onClick={() => onChange(chosen.filter(c => c.app !== one.app))}
              >
                {t('appUsage.take', { name: one.name || one.app })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
