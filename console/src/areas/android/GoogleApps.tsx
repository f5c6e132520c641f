import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { AppRow } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'

const named = /^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/
/** People copy the address of an app’s page as often as its name. */
const nameIn = (text: string): string => /[?&]id=([\w.]+)/.exec(text)?.[1] ?? text.trim()

/** Puts an app of the Play store into the catalog by its package name; what the store says of it follows. */
export function GoogleApps() {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const units = useUnits()
  const [said, setSaid] = useState('')
  const [unit, setUnit] = useState('')
  const on = unit || (units.data?.[0]?.id ?? '')
  const bundle = nameIn(said)
  const add = useMutation({
    mutationFn: () =>
      call<AppRow>('POST', '/apps', {
        body: { kind: 'store', platform: 'android', name: bundle, bundle, storeId: bundle, needsSeat: false, unit: on },
      }),
    onSuccess: async app => {
      await client.invalidateQueries({ queryKey: ['apps'] })
      await navigate({ to: '/apps/$app', params: { app: app.id } })
    },
  })
  const ready = named.test(bundle) && on !== ''
  return (
    <Section id="play" title={t('google.apps')}>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (ready && !add.isPending) add.mutate()
        }}
      >
        <p className="hint">{t('google.appsText')}</p>
        <div className="pair">
          <TextField
            label={t('google.appsName')}
            mono
            value={said}
            placeholder="com.example.mail"
            onChange={event => setSaid(event.target.value)}
          />
          <SelectField
            label={t('enroll.unit')}
            value={on}
            onChange={event => setUnit(event.target.value)}
            options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
          />
        </div>
        <ProblemNote error={add.error} />
        <div>
          <Button type="submit" icon="plus" disabled={!ready} busy={add.isPending}>
            {t('google.appsAdd')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
