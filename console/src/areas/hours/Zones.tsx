import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { zones } from '../changes/zones.ts'
import { zoneQuery } from './queries.ts'

/** Chooses a unit and says by which clocks its working time is counted. */
export function UnitZones() {
  const { t } = useVoice()
  const units = useUnits()
  const scope = useScope()
  const [chosen, setChosen] = useState('')
  const unit = chosen || scope.unit?.id || (units.data?.[0]?.id ?? '')
  return (
    <div className="pair zones">
      <SelectField
        label={t('device.col.unit')}
        value={unit}
        onChange={event => setChosen(event.target.value)}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
      {unit !== '' && <ZonePick of="units" id={unit} />}
    </div>
  )
}

/** The zone of a unit or a person: their own, or that of the unit above. Takes effect at once. */
export function ZonePick({ of, id }: { of: 'units' | 'users'; id: string }) {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const zone = useQuery(zoneQuery(of, id))
  const put = useMutation({
    mutationFn: (to: string | null) => call('PUT', `/${of}/${id}/zone`, { body: { zone: to } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['zone'] }),
        client.invalidateQueries({ queryKey: ['hours-preview'] }),
      ]),
  })
  const { data } = zone
  if (!data) return <ProblemNote error={zone.error} />
  const inherited = { zone: data.zone.replaceAll('_', ' '), unit: data.from?.name ?? '' }
  return (
    <div>
      <SelectField
        label={t('setting.work-time.zone')}
        disabled={!can('hours:write') || put.isPending}
        value={data.own ? data.zone : ''}
        onChange={event => put.mutate(event.target.value === '' ? null : event.target.value)}
        options={[
          {
            value: '',
            label: data.own
              ? t('zones.inherit')
              : data.from?.name
                ? t('zones.inherited', inherited)
                : t('zones.fallback', { zone: inherited.zone }),
          },
          ...zones().map(one => ({ value: one, label: one.replaceAll('_', ' ') })),
        ]}
      />
      <ProblemNote error={put.error} />
    </div>
  )
}
