import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { call } from '../../api.ts'
import type { Keeping } from '../../contract/custody.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'

/** Takes a newer API key of a portal: the key file that the vendor hands out once, and the two names beside it. */
export function PortalKey({ keeping }: { keeping: Keeping }) {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const id = useId()
  const [form, setForm] = useState({ clientId: '', keyId: '', key: '' })
  const send = useMutation({
    mutationFn: () => call('PUT', `/programs/portal/${keeping.ref}/key`, { body: form }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['certificates'] }),
  })
  if (!can('roster:write')) return null
  const ready = Object.values(form).every(text => text.trim() !== '')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready && !send.isPending) send.mutate()
  }
  return (
    <section aria-labelledby={id} id="renew">
      <h2 id={id}>{t('portalKey.title')}</h2>
      <p className="soft">{t('portalKey.text')}</p>
      <form onSubmit={submit}>
        <TextField
          label={t('portalKey.client')}
          value={form.clientId}
          mono
          error={fieldError(send.error, 'clientId')}
          onChange={event => setForm({ ...form, clientId: event.target.value.trim() })}
        />
        <TextField
          label={t('portalKey.id')}
          value={form.keyId}
          mono
          error={fieldError(send.error, 'keyId')}
          onChange={event => setForm({ ...form, keyId: event.target.value.trim() })}
        />
        <label className="bring">
          <span className="lab">{t('portalKey.file')}</span>
          <input
            type="file"
            accept=".pem,.key"
            onChange={event => void event.target.files?.[0]?.text().then(key => setForm({ ...form, key }))}
          />
        </label>
        <ProblemNote error={send.error} />
        {send.isSuccess && (
          <p className="small" role="status">
            {t('portalKey.taken')}
          </p>
        )}
        <div className="acts">
          <Button type="submit" variant="primary" size="sm" disabled={!ready} busy={send.isPending}>
            {t('portalKey.go')}
          </Button>
        </div>
      </form>
    </section>
  )
}
