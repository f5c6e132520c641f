import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { SearchAnswer } from '../../contract.ts'
import type { Policy, Ref } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { PickOne } from '../blueprints/PickOne.tsx'
import type { DraftHold } from './useDraft.ts'

const lengths = [15, 60, 240, 1440]

/** Puts the draft, or the newest version, on one device for some minutes; then the device returns by itself. */
export function TryPolicy(props: { policy: Policy; draft: DraftHold; onClose(): void }) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { policy, draft } = props
  const [text, setText] = useState('')
  const [device, setDevice] = useState<Ref | null>(null)
  const [minutes, setMinutes] = useState(15)
  const [query] = useDebouncedValue(text.trim(), 150)
  const found = useQuery<SearchAnswer>({
    queryKey: ['search', query],
    enabled: query.length > 1,
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<SearchAnswer>('/search', { q: query }, signal),
  })
  const go = useMutation({
    mutationFn: (id: string) =>
      call('POST', `/devices/${id}/trials`, {
        body: {
          policy: policy.id,
          minutes,
          ...(draft.dirty ? { value: draft.value } : { version: policy.version }),
        },
      }),
    onSuccess: async (_, id) => {
      await client.invalidateQueries({ queryKey: ['device', id] })
      void navigate({ to: '/devices/$device', params: { device: id }, search: { tab: 'policy' } })
    },
  })
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={t('tryOn.title', { name: policy.name })}
      onSubmit={() => device && !go.isPending && go.mutate(device.id)}
      actions={
        <>
          <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!device} busy={go.isPending}>
            {t('tryOn.go', { length: f.span(minutes * 60_000) })}
          </Button>
        </>
      }
    >
      <p className="soft">{t(draft.dirty ? 'tryOn.textDraft' : 'tryOn.text', { version: policy.version })}</p>
      {device ? (
        <p className="try-device">
          <State tone="ok">{device.name}</State>
          <Button size="sm" onClick={() => setDevice(null)}>
            {t('tryOn.another')}
          </Button>
        </p>
      ) : (
        <PickOne
          label={t('tryOn.device')}
          text={text}
          onText={setText}
          options={(found.data?.devices ?? []).map(one => ({ id: one.id, name: one.name, sub: one.serial ?? null }))}
          onPick={(id, name) => setDevice({ id, name })}
        />
      )}
      <SelectField
        label={t('tryOn.length')}
        value={String(minutes)}
        onChange={event => setMinutes(Number(event.target.value))}
        options={lengths.map(one => ({ value: String(one), label: f.span(one * 60_000) }))}
      />
      <ProblemNote error={go.error} />
    </Dialog>
  )
}
