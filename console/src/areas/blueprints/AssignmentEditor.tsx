import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Assignment, Blueprint, ScopeCount } from '../../contract/blueprints.ts'
import type { Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useDryRun } from '../../kit/dryRun.ts'
import { SelectField } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones } from '../../kit/Page.tsx'
import { PreviewView } from '../../kit/Preview.tsx'
import { usePreviewGate } from '../../kit/PreviewGate.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { Conditions } from './Conditions.tsx'
import { countQuery, type Meant } from './queries.ts'
import { sayScope } from './ScopeSentence.tsx'
import { ScopeParts } from './ScopeParts.tsx'
import { emptyScope, plainScope } from './scope.ts'
import { WindowFields } from './WindowFields.tsx'

/** Says for whom: who is in, who is not, what devices must be, and from when to when; with the number of devices it means. */
export function AssignmentEditor(props: { blueprint: Blueprint; assignment: Assignment | null; onClose(): void }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const { blueprint, assignment } = props
  const units = useUnits()
  const [meant, setMeant] = useState<Meant>(() => ({
    unit: assignment?.unit.id ?? blueprint.unit.id,
    scope: assignment?.scope ?? emptyScope,
    window: assignment?.window ?? { from: null, until: null },
  }))
  const [names, setNames] = useState<Readonly<Record<string, string>>>(assignment?.names ?? {})
  const unit = units.data?.find(one => one.id === meant.unit)
  const known = { ...Object.fromEntries((units.data ?? []).map(one => [one.id, one.name])), ...names }
  const set = (part: Partial<Meant>) => setMeant({ ...meant, ...part })
  const setScope = (part: Partial<Meant['scope']>) => set({ scope: { ...meant.scope, ...part } })
  const body = { unit: meant.unit, scope: plainScope(meant.scope), window: meant.window }
  const path = assignment ? `/assignments/${assignment.id}` : `/blueprints/${blueprint.id}/assignments`
  const method = assignment ? 'PATCH' : 'POST'
  const run = useDryRun(`${path} ${JSON.stringify(body)}`, signal =>
    call<{ preview: Preview }>(method, path, { query: { dryRun: true }, body, signal }),
  )
  const gate = usePreviewGate(run.preview)
  const save = useMutation({
    mutationFn: () => call(method, path, { body: { ...body, ...(assignment ? {} : { enabled: true }), ...gate.body } }),
    onSuccess: async () => {
      await Promise.all(
        [['blueprint', blueprint.id], ['blueprints'], ['policies'], ['policy']].map(queryKey =>
          client.invalidateQueries({ queryKey }),
        ),
      )
      props.onClose()
    },
  })
  const named = (id: string, name: string) => setNames(old => ({ ...old, [id]: name }))
  const ready = gate.ready && run.preview !== null && !run.stale && !run.error && run.preview.state !== 'computing'
  const below = (units.data ?? []).filter(
    one => one.id === blueprint.unit.id || one.path.startsWith(`${blueprint.unit.path} / `),
  )
  return (
    <section className="assign" aria-label={t(assignment ? 'assignment.edit' : 'assignment.add')}>
      <div className="assign-cols">
        <div className="assign-form">
          <SelectField
            label={t('assignment.unit')}
            hint={t('assignment.unitHint')}
            value={meant.unit}
            onChange={event => set({ unit: event.target.value })}
            options={(below.length > 0 ? below : [blueprint.unit]).map(one => ({ value: one.id, label: one.path }))}
          />
          <ScopeParts
            label={t('assignment.include')}
            empty={t('assignment.includeEmpty', { unit: unit?.name ?? '' })}
            anchor={unit ?? null}
            selection={meant.scope.include}
            names={known}
            onName={named}
            onChange={include => setScope({ include })}
          />
          <ScopeParts
            label={t('assignment.exclude')}
            empty={t('assignment.excludeEmpty')}
            anchor={unit ?? null}
            selection={meant.scope.exclude}
            names={known}
            onName={named}
            onChange={exclude => setScope({ exclude })}
          />
          <Conditions conditions={meant.scope.conditions} onChange={conditions => setScope({ conditions })} />
          <WindowFields window={meant.window} onChange={window => set({ window })} />
        </div>
        <aside className="assign-side" aria-label={t('assignment.reach')}>
          <p className="assign-sentence" role="status">
            {sayScope(voice, {
              scope: meant.scope,
              window: meant.window,
              unit: { name: unit?.name ?? '' },
              names: known,
            })}
          </p>
          <Count meant={{ ...meant, scope: plainScope(meant.scope) }} />
        </aside>
      </div>
      <PreviewView
        preview={run.preview}
        error={run.error}
        stale={run.stale}
        untouched={t(blueprint.items.length === 0 ? 'assignment.noItems' : 'used.untouched')}
        open={1}
      />
      {gate.fields}
      <ProblemNote error={save.error} />
      <p className="plan-acts">
        <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
        <Button variant="primary" disabled={!ready} busy={save.isPending} onClick={() => save.mutate()}>
          {t(assignment ? 'assignment.save' : 'assignment.addGo')}
        </Button>
      </p>
    </section>
  )
}

function Count({ meant }: { meant: Meant }) {
  const { t, rich } = useVoice()
  const count = useQuery(countQuery(meant))
  return (
    <>
      <ProblemNote error={count.error} />
      {count.data ? (
        <p className={count.isPlaceholderData ? 'assign-count stale' : 'assign-count'} role="status">
          {rich('assignment.count', { devices: count.data.devices, people: count.data.people ?? 0 })}
        </p>
      ) : (
        !count.error && <Bones lines={2} label={t('kit.loading')} />
      )}
      <Sample sample={count.data?.sample ?? []} rest={(count.data?.devices ?? 0) - (count.data?.sample.length ?? 0)} />
    </>
  )
}

function Sample({ sample, rest }: { sample: ScopeCount['sample']; rest: number }) {
  const { t } = useVoice()
  if (sample.length === 0) return null
  return (
    <ul className="who-list">
      {sample.map(device => (
        <li key={device.id}>
          <Icon name={device.formFactor} />
          <Link to="/devices/$device" params={{ device: device.id }} className="plain cut" lang={langOf(device.name)}>
            {device.name}
          </Link>
          {device.user && <span lang={langOf(device.user)}>{device.user}</span>}
        </li>
      ))}
      {rest > 0 && <li className="small muted">{t('preview.allDevices', { n: rest })}</li>}
    </ul>
  )
}
