import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { setupsQuery } from './queries.ts'

const keep = 'keep'

/** Says what is wanted for the chosen devices; what is not touched stays. */
export function BulkDialog({ serials, onClose }: { serials: readonly string[]; onClose(done: boolean): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const setups = useQuery(setupsQuery)
  const [setup, setSetup] = useState(keep)
  const [unit, setUnit] = useState(keep)
  const [user, setUser] = useState(keep)
  const save = useMutation({
    mutationFn: () =>
      call('PATCH', '/roster', {
        body: {
          serials,
          ...(setup === keep ? {} : { setup: setup || null }),
          ...(unit === keep ? {} : { unit }),
          ...(user === keep ? {} : { user: user || null }),
        },
      }),
    onSuccess: async () => {
      await Promise.all(['programs', 'roster', 'setups'].map(key => client.invalidateQueries({ queryKey: [key] })))
      onClose(true)
    },
  })
  const nothing = setup === keep && unit === keep && user === keep
  const stays = { value: keep, label: t('roster.keep') }
  return (
    <Dialog
      opened
      onClose={() => onClose(false)}
      title={t('roster.changeTitle', { n: serials.length })}
      onSubmit={() => !nothing && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={() => onClose(false)}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={nothing}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <SelectField
        label={t('roster.setup')}
        hint={t('roster.setupHint')}
        value={setup}
        onChange={event => setSetup(event.target.value)}
        options={[
          stays,
          { value: '', label: t('roster.noSetup') },
          ...(setups.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
        ]}
      />
      <SelectField
        label={t('roster.unit')}
        value={unit}
        onChange={event => setUnit(event.target.value)}
        options={[stays, ...(units.data ?? []).map(one => ({ value: one.id, label: one.path }))]}
      />
      {serials.length === 1 && <PersonField value={user} stays={stays} onChange={setUser} />}
      <ProblemNote error={save.error} />
    </Dialog>
  )
}

/** A person is found by a part of the name, because there may be thousands. */
function PersonField(props: { value: string; stays: { value: string; label: string }; onChange(id: string): void }) {
  const { t } = useVoice()
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['users', 'promise', text],
    enabled: text.trim().length > 1,
    queryFn: ({ signal }) =>
      get<Page<{ id: string; displayName: string }>>(
        '/users',
        { filter: `"${text.trim().replaceAll('"', '')}"`, limit: 20 },
        signal,
      ),
  })
  return (
    <div className="pair">
      <TextField label={t('roster.findUser')} value={text} onChange={event => setText(event.target.value)} />
      <SelectField
        label={t('roster.user')}
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
        options={[
          props.stays,
          { value: '', label: t('roster.nobody') },
          ...(found.data?.items ?? []).map(one => ({ value: one.id, label: one.displayName })),
        ]}
      />
    </div>
  )
}
