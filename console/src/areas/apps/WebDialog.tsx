import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { AppRow } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { UnitField } from './UnitField.tsx'

/** Puts an address into the catalog, to stand on home screens like an app. */
export function WebDialog({ onClose }: { onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const units = useUnits()
  const [name, setName] = useState('')
  const [address, setAddress] = useState('https://')
  const [platform, setPlatform] = useState('ios')
  const [unit, setUnit] = useState('')
  const on = unit || (units.data?.[0]?.id ?? '')
  const add = useMutation({
    mutationFn: () =>
      call<AppRow>('POST', '/apps', { body: { kind: 'web', name: name.trim(), address, platform, unit: on } }),
    onSuccess: async app => {
      await client.invalidateQueries({ queryKey: ['apps'] })
      await navigate({ to: '/apps/$app', params: { app: app.id } })
      onClose()
    },
  })
  const ready = name.trim() !== '' && /^https?:\/\/.+/.test(address) && on !== ''
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('appsPage.addWeb')}
      onSubmit={() => ready && !add.isPending && add.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={add.isPending} disabled={!ready}>
            {t('appsPage.addGo')}
          </Button>
        </>
      }
    >
      <TextField label={t('apps.name')} value={name} onChange={event => setName(event.target.value)} data-autofocus />
      <TextField
        label={t('appsPage.address')}
        type="url"
        value={address}
        onChange={event => setAddress(event.target.value)}
      />
      <SelectField
        label={t('appsPage.system')}
        value={platform}
        onChange={event => setPlatform(event.target.value)}
        options={(['ios', 'macos'] as const).map(value => ({ value, label: t(`appsPage.platform.${value}`) }))}
      />
      <UnitField value={on} onChange={setUnit} />
      <ProblemNote error={add.error} />
    </Dialog>
  )
}
