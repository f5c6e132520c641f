import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { DeviceReach } from '../../contract/wake.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

/** To which number texts go, as far as it is shown, and the way to another. */
export function TextNumber({ device, number }: { device: string; number: DeviceReach['number'] }) {
  const { t } = useVoice()
  const [open, setOpen] = useState(false)
  return (
    <p className="small">
      {number ? t(`waking.number.${number.by}`, { ends: number.ends }) : t('waking.number.none')}{' '}
      <Button size="sm" onClick={() => setOpen(true)}>
        {t('waking.number.set')}
      </Button>
      {open && <NumberDialog device={device} given={number?.by === 'admin'} onClose={() => setOpen(false)} />}
    </p>
  )
}

function NumberDialog({ device, given, onClose }: { device: string; given: boolean; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const save = useMutation({
    mutationFn: (number: string | null) => call('PUT', `/devices/${device}/wake-number`, { body: { number } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device, 'channels'] })
      onClose()
    },
  })
  const number = text.replace(/[\s().-]/g, '')
  const fits = /^\+[1-9]\d{5,14}$/.test(number)
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('waking.number.title')}
      onSubmit={() => fits && save.mutate(number)}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          {given && (
            <Button busy={save.isPending} onClick={() => save.mutate(null)}>
              {t('waking.number.forget')}
            </Button>
          )}
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!fits}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField
          label={t('waking.number.label')}
          hint={t('waking.number.hint')}
          value={text}
          type="tel"
          autoComplete="off"
          mono
          onChange={event => setText(event.target.value)}
        />
        <ProblemNote error={save.error} />
      </div>
    </Dialog>
  )
}
