import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

const steps = ['google.make1', 'google.make2', 'google.make3', 'google.make4'] as const

/** The first step: the key of a service account. It goes in and never comes out again. */
export function ConnectGoogle() {
  const { t } = useVoice()
  const client = useQueryClient()
  const [name, setName] = useState('Google')
  const [key, setKey] = useState<string | null>(null)
  const send = useMutation({
    mutationFn: () => call('POST', '/programs/android', { body: { name: name.trim(), key } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['programs'] }),
  })
  const ready = key !== null && name.trim() !== ''
  return (
    <Section id="connect" title={t('google.connect')}>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (ready && !send.isPending) send.mutate()
        }}
      >
        <ol className="how">
          {steps.map(step => (
            <li key={step}>{t(step)}</li>
          ))}
        </ol>
        <KeyFile onChoose={setKey} />
        <TextField
          label={t('programs.name')}
          hint={t('google.nameHint')}
          value={name}
          onChange={event => setName(event.target.value)}
        />
        <ProblemNote error={send.error} />
        <div>
          <Button type="submit" variant="primary" disabled={!ready} busy={send.isPending}>
            {t('google.connectGo')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

/** Chooses the file of a key. */
export function KeyFile({ onChoose }: { onChoose(text: string): void }) {
  const { t } = useVoice()
  return (
    <label className="bring">
      <span className="lab">{t('google.key')}</span>
      <input
        type="file"
        accept=".json,application/json"
        onChange={async event => {
          const file = event.target.files?.[0]
          if (file) onChoose(await file.text())
        }}
      />
      <span className="hint">{t('google.keyHint')}</span>
    </label>
  )
}
