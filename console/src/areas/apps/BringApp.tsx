import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { AppPageData, AppPresence } from '../../contract/apps.ts'
import type { Json, Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { useDryRun } from '../../kit/dryRun.ts'
import { EffectDialog } from '../../kit/EffectDialog.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { tableOf } from '../../kit/catalog-form/value.ts'
import { useUnits } from '../../scope.tsx'
import { blueprintQuery, blueprintsQuery } from '../blueprints/queries.ts'
import { checkQuery } from '../policies/queries.ts'
import { ConfigForm } from './ConfigForm.tsx'

const presences: readonly AppPresence[] = ['required', 'available', 'forbidden', 'removed']

/** Where an app is brought to: into a blueprint that is there, or to a unit with everybody below it. */
export type BringTo = 'blueprint' | 'unit'

/** Makes the policy of an app with what the app is told, shows what it would do where it is brought to, and brings it there. Whoever turns back leaves nothing behind. */
export function BringApp({ app, to, onClose }: { app: AppPageData; to: BringTo; onClose(): void }) {
  const { t } = useVoice()
  const blueprints = useQuery({ ...blueprintsQuery, enabled: to === 'blueprint' })
  const units = useUnits()
  const [id, setId] = useState('')
  const [presence, setPresence] = useState<AppPresence>('required')
  const [config, setConfig] = useState<Json>({})
  const places =
    to === 'unit'
      ? (units.data ?? []).map(one => ({ value: one.id, label: one.path || one.name }))
      : (blueprints.data?.items ?? []).map(one => ({ value: one.id, label: one.name }))
  const chosen = id || (to === 'unit' ? app.unit.id : '') || (places[0]?.value ?? '')
  const told = presence === 'required' || presence === 'available'
  const value = {
    app: app.id,
    presence,
    ...(told && Object.keys(tableOf(config)).length > 0 ? { config } : {}),
  }
  const [settled] = useDebouncedValue(value, 300)
  const found = useQuery(checkQuery('app', settled)).data ?? []
  const make = useMutation({
    mutationFn: async () => {
      const name = `${app.name}: ${t(`choice.app.presence.${presence}`)} ${new Date().toISOString().slice(0, 16)}`
      const { policy } = await call<{ policy: { id: string } }>('POST', '/policies', {
        body: { kind: 'app', name, unit: app.unit.id, value },
      })
      if (to === 'blueprint') return { policy: policy.id, blueprint: chosen }
      const body = { name, unit: app.unit.id, items: [policy.id] }
      const { blueprint } = await call<{ blueprint: { id: string } }>('POST', '/blueprints', { body })
      return { policy: policy.id, blueprint: blueprint.id }
    },
  })
  const title = t(to === 'unit' ? 'appsPage.assign' : 'appsPage.addToBlueprint')
  if (make.data)
    return to === 'unit' ? (
      <UnitEffect {...make.data} unit={chosen} title={title} onClose={onClose} />
    ) : (
      <Effect {...make.data} onClose={onClose} />
    )
  return (
    <Dialog
      opened
      wide={app.form !== null}
      onClose={onClose}
      title={title}
      onSubmit={() => chosen && !make.isPending && make.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={make.isPending} disabled={!chosen}>
            {t('appsPage.showEffect')}
          </Button>
        </>
      }
    >
      <SelectField
        label={t(to === 'unit' ? 'appsPage.assignTo' : 'used.which')}
        hint={to === 'unit' ? t('appsPage.assignHint') : undefined}
        value={chosen}
        onChange={event => setId(event.target.value)}
        options={places}
      />
      <SelectField
        label={t('setting.app.presence')}
        value={presence}
        onChange={event => setPresence(event.target.value as AppPresence)}
        options={presences.map(one => ({ value: one, label: t(`choice.app.presence.${one}`) }))}
      />
      {told && app.form && <ConfigForm form={app.form} value={config} onChange={setConfig} findings={found} />}
      {to === 'blueprint' && blueprints.data?.items.length === 0 && <p className="soft">{t('used.noBlueprint')}</p>}
      <ProblemNote error={make.error ?? blueprints.error ?? units.error} />
    </Dialog>
  )
}

const touched = [['blueprint'], ['blueprints'], ['policies'], ['app'], ['apps']]

/** What it does to everybody below the unit, before the blueprint that was made for it is assigned there. */
function UnitEffect(props: { policy: string; blueprint: string; unit: string; title: string; onClose(): void }) {
  const { policy, blueprint, unit } = props
  const { t } = useVoice()
  const client = useQueryClient()
  const path = `/blueprints/${blueprint}/assignments`
  const run = useDryRun(`${path} ${unit}`, signal =>
    call<{ preview: Preview }>('POST', path, { query: { dryRun: true }, body: { unit }, signal }),
  )
  const save = useMutation({
    mutationFn: (gate: object) => call('POST', path, { body: { unit, ...gate } }),
    onSuccess: async () => {
      await Promise.all(touched.map(queryKey => client.invalidateQueries({ queryKey })))
      props.onClose()
    },
  })
  const leave = () => {
    if (!save.isPending)
      void call('DELETE', `/blueprints/${blueprint}`)
        .then(() => call('DELETE', `/policies/${policy}`))
        .catch(() => undefined)
    props.onClose()
  }
  return (
    <EffectDialog
      title={props.title}
      go={t('appsPage.assignGo')}
      run={run}
      untouched={t('appsPage.assignNobody')}
      error={save.error}
      busy={save.isPending}
      onGo={gate => save.mutate(gate)}
      onClose={leave}
    />
  )
}

function Effect({ policy, blueprint, onClose }: { policy: string; blueprint: string; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const now = useQuery(blueprintQuery(blueprint))
  const path = `/blueprints/${blueprint}`
  const items = now.data && [...now.data.items.map(item => item.id), policy]
  const run = useDryRun(items ? `${path} ${items.join()}` : null, signal =>
    call<{ preview: Preview }>('PATCH', path, { query: { dryRun: true }, body: { items }, signal }),
  )
  const save = useMutation({
    mutationFn: (gate: object) => call('PATCH', path, { body: { items, ...gate } }),
    onSuccess: async () => {
      await Promise.all(touched.map(queryKey => client.invalidateQueries({ queryKey })))
      onClose()
    },
  })
  const leave = () => {
    if (!save.isPending) void call('DELETE', `/policies/${policy}`).catch(() => undefined)
    onClose()
  }
  return (
    <EffectDialog
      title={t('appsPage.addToBlueprint')}
      go={t('appsPage.addGo')}
      run={run}
      notYet={!items}
      untouched={t('used.untouched')}
      error={save.error ?? now.error}
      busy={save.isPending}
      onGo={gate => save.mutate(gate)}
      onClose={leave}
    />
  )
}
