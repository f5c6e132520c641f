import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { DataType } from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import '../../kit/css/privacy.css'

const purposes = ['help', 'lost', 'incident', 'licenses'] as const

/** Says that something of a device is read with a purpose only, and asks for it. */
export function GatePanel({ device, what }: { device: string; what: readonly DataType[] }) {
  const { t, f } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState<DataType | null>(null)
  return (
    <Note tone="info" icon="lock">
      <p>
        <b>{t('privacy.gated', { what: f.list(what.map(w => t(`privacy.type.${w}`))) })}</b> {t('privacy.gatedText')}
      </p>
      {can('devices:query') && (
        <p className="privacy-acts">
          {what.map(one => (
            <Button key={one} size="sm" icon="eye" onClick={() => setAsking(one)}>
              {what.length === 1 ? t('privacy.look') : `${t('privacy.look')}: ${t(`privacy.type.${one}`)}`}
            </Button>
          ))}
        </p>
      )}
      {asking && <Ask device={device} what={asking} onClose={() => setAsking(null)} />}
    </Note>
  )
}

function Ask({ device, what, onClose }: { device: string; what: DataType; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<string>('help')
  const [own, setOwn] = useState('')
  const purpose = chosen === 'own' ? own.trim() : t(`privacy.purpose.${purposes.find(p => p === chosen) ?? 'help'}`)
  const ready = purpose.length >= 3
  const look = useMutation({
    mutationFn: () => call('POST', `/devices/${device}/looks`, { body: { what, purpose } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('privacy.gated', { what: t(`privacy.type.${what}`) })}
      onSubmit={() => ready && !look.isPending && look.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={look.isPending}>
            {t('privacy.look')}
          </Button>
        </>
      }
    >
      <p>{t('privacy.gatedText')}</p>
      <SelectField
        label={t('privacy.purpose')}
        value={chosen}
        onChange={e => setChosen(e.target.value)}
        options={[
          ...purposes.map(p => ({ value: p, label: t(`privacy.purpose.${p}`) })),
          { value: 'own', label: t('privacy.ownWords') },
        ]}
      />
      {chosen === 'own' && (
        <TextField label={t('privacy.ownWords')} value={own} onChange={e => setOwn(e.target.value)} data-autofocus />
      )}
      <ProblemNote error={look.error} />
    </Dialog>
  )
}
