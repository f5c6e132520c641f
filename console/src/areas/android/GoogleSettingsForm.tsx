import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import type { GoogleProgram, GoogleSettings } from './google.ts'

const lines: readonly (readonly [keyof GoogleSettings, 'text' | 'email' | 'tel'])[] = [
  ['displayName', 'text'],
  ['contactEmail', 'email'],
  ['officerName', 'text'],
  ['officerEmail', 'email'],
  ['officerPhone', 'tel'],
  ['representativeName', 'text'],
  ['representativeEmail', 'email'],
  ['representativePhone', 'tel'],
]

/** What devices and Google call the organization, and whom people may turn to. */
export function GoogleSettingsForm({ one }: { one: GoogleProgram }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [form, setForm] = useState<GoogleSettings>(one.settings)
  const save = useMutation({
    mutationFn: () => call('PUT', `/programs/android/${one.program.id}`, { body: { settings: form } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['programs'] }),
  })
  return (
    <Section id={`settings-${one.program.id}`} title={t('google.settings')}>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        <p className="hint">{t('google.settingsText')}</p>
        {[0, 2, 4, 6].map(from => (
          <div className="pair" key={from}>
            {lines.slice(from, from + 2).map(([key, type]) => (
              <TextField
                key={key}
                type={type}
                label={t(`google.settings.${key}`)}
                value={form[key]}
                maxLength={key.endsWith('Phone') ? 40 : 100}
                onChange={event => setForm({ ...form, [key]: event.target.value })}
              />
            ))}
          </div>
        ))}
        <ProblemNote error={save.error} />
        {save.isSuccess && (
          <Note tone="ok" role="status">
            <p>{t('google.saved')}</p>
          </Note>
        )}
        <div>
          <Button type="submit" busy={save.isPending}>
            {t('kit.save')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
