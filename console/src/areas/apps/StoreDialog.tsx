import '../../kit/css/apps.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { AppRow, StoreFound } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useUnits } from '../../scope.tsx'
import { UnitField } from './UnitField.tsx'

interface Find {
  id: string
  state: 'asked' | 'done' | 'silent'
  items: StoreFound[]
}

/** Looks for an app in the store and puts it into the catalog. The server asks the store in the background. */
export function StoreDialog({ onClose }: { onClose(): void }) {
  const { t, locale } = useVoice()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<StoreFound | null>(null)
  const country = { en: 'us', fr: 'fr', sv: 'se', ja: 'jp' }[locale]
  const begin = useMutation({
    mutationFn: () => call<Find>('POST', '/app-finds', { body: { words: words.trim(), country } }),
  })
  const id = begin.data?.id
  const find = useQuery({
    queryKey: ['app-find', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => get<Find>(`/app-finds/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'asked' ? false : 500),
  })
  if (chosen) return <AddFound found={chosen} onBack={() => setChosen(null)} onClose={onClose} />
  const waiting = begin.isPending || (id !== undefined && (find.data?.state ?? 'asked') === 'asked')
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={t('appsPage.addStore')}
      onSubmit={() => words.trim().length > 1 && !waiting && begin.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" icon="search" busy={waiting} disabled={words.trim().length < 2}>
            {t('appsPage.find')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('appsPage.findWords')}
        hint={t('appsPage.findHint')}
        value={words}
        onChange={event => setWords(event.target.value)}
        data-autofocus
      />
      <ProblemNote error={begin.error ?? find.error} />
      <div aria-live="polite">
        {waiting && <p className="soft">{t('appsPage.asking')}</p>}
        {find.data?.state === 'silent' && <Note tone="attention">{t('appsPage.storeSilent')}</Note>}
        {find.data?.state === 'done' && find.data.items.length === 0 && (
          <p className="soft">{t('appsPage.noneFound')}</p>
        )}
      </div>
      <ul className="found">
        {(find.data?.items ?? []).map(one => (
          <li key={`${one.storeId} ${one.platform}`}>
            <span className="cut">
              <b data-name>{one.name}</b>{' '}
              <span className="soft small" data-name>
                {[one.publisher, one.version].filter(Boolean).join(', ')}
              </span>
            </span>
            <span className="soft small">{t(`appsPage.platform.${one.platform}`)}</span>
            <Button size="sm" onClick={() => setChosen(one)}>
              {t('appsPage.take')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function AddFound({ found, onBack, onClose }: { found: StoreFound; onBack(): void; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const units = useUnits()
  const [unit, setUnit] = useState('')
  const [needsSeat, setNeedsSeat] = useState(true)
  const on = unit || (units.data?.[0]?.id ?? '')
  const add = useMutation({
    mutationFn: () => {
      const { storeId, bundle, name, publisher, platform, kind } = found
      const known = bundle === null ? {} : { bundle }
      return call<AppRow>('POST', '/apps', {
        body: {
          storeId,
          ...known,
          name: name.slice(0, 200),
          publisher: publisher.slice(0, 200),
          platform,
          kind,
          unit: on,
          needsSeat,
        },
      })
    },
    onSuccess: async app => {
      await client.invalidateQueries({ queryKey: ['apps'] })
      await navigate({ to: '/apps/$app', params: { app: app.id } })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={<span data-name>{found.name}</span>}
      onSubmit={() => on && !add.isPending && add.mutate()}
      actions={
        <>
          <Button onClick={onBack}>{t('appsPage.back')}</Button>
          <Button type="submit" variant="primary" busy={add.isPending} disabled={!on}>
            {t('appsPage.addGo')}
          </Button>
        </>
      }
    >
      <UnitField value={on} onChange={setUnit} />
      <Tick
        label={t('appsPage.needsSeat')}
        hint={t('appsPage.needsSeatHint')}
        checked={needsSeat}
        onChange={event => setNeedsSeat(event.target.checked)}
      />
      <ProblemNote error={add.error} />
    </Dialog>
  )
}
