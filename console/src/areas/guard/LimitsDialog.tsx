import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Limits } from '../../contract/guard.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { limitNames } from './GuardLimits.tsx'

type Flat = Record<string, string>

/** Numbers by their path, as they are typed. */
function flat(limits: Limits): Flat {
  const out: Flat = {}
  for (const name of limitNames) {
    const value = limits[name]
    if (typeof value === 'number') out[name] = String(value)
    else for (const [part, n] of Object.entries(value)) out[`${name}.${part}`] = String(n)
  }
  return out
}

function whole(typed: Flat): Limits {
  const out: Record<string, unknown> = {}
  for (const [path, text] of Object.entries(typed)) {
    const [name = '', part] = path.split('.')
    const n = Number(text.replace(',', '.'))
    out[name] = part === undefined ? n : { ...(out[name] as object | undefined), [part]: n }
  }
  return out as unknown as Limits
}

/** Changes the limits; says before that only what is stricter holds at once. */
export function LimitsDialog(props: { limits: Limits; onClose(): void; onAnnounced(intent: string | null): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [typed, setTyped] = useState(() => flat(props.limits))
  const bad = Object.values(typed).some(text => text.trim() === '' || Number.isNaN(Number(text.replace(',', '.'))))
  const save = useMutation({
    mutationFn: () => call<{ intent: string | null }>('PUT', '/guard/limits', { body: whole(typed) }),
    onSuccess: async ({ intent }) => {
      props.onAnnounced(intent)
      await client.invalidateQueries({ queryKey: ['guard'] })
      props.onClose()
    },
  })
  const label = (path: string): string => {
    const [name = '', part] = path.split('.')
    const limit = t(`guard.limit.${name as (typeof limitNames)[number]}`)
    if (part === 'least') return t('guard.fieldLeast', { limit })
    if (part === 'percent') return t('guard.fieldPercent', { limit })
    return part === 'most' ? t('guard.fieldMost', { limit }) : limit
  }
  return (
    <Dialog
      opened
      wide
      onClose={props.onClose}
      title={t('guard.changeTitle')}
      onSubmit={() => !bad && !save.isPending && save.mutate()}
      actions={
        <>
          <KeepButton onClick={props.onClose}>{t('kit.cancel')}</KeepButton>
          <Button type="submit" variant="primary" disabled={bad} busy={save.isPending}>
            {t('guard.changeGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('guard.changeText')}</p>
      {Object.entries(typed).map(([path, value]) => (
        <TextField
          key={path}
          label={label(path)}
          value={value}
          inputMode="decimal"
          error={value.trim() === '' || Number.isNaN(Number(value.replace(',', '.'))) ? t('guard.number') : null}
          onChange={event => setTyped({ ...typed, [path]: event.target.value })}
        />
      ))}
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
