import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { call } from '../../api.ts'
import type { Policy, Preview, Ref } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { EffectDialog } from '../../kit/EffectDialog.tsx'
import { useDryRun } from '../../kit/dryRun.ts'
import { SelectField } from '../../kit/Field.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { blueprintQuery, blueprintsQuery } from '../blueprints/queries.ts'

/** The blueprints that carry the policy; it can join another one, or leave one, after a look at what that does. */
export function UsedByTab({ policy, editable }: { policy: Policy; editable: boolean }) {
  const { t } = useVoice()
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Ref | null>(null)
  const add = editable && (
    <Button icon="plus" variant={policy.usedBy.length === 0 ? 'primary' : 'default'} onClick={() => setAdding(true)}>
      {t('used.add')}
    </Button>
  )
  return (
    <div className="pad tab-body">
      {policy.usedBy.length === 0 ? (
        <Empty title={t('used.none')} action={add}>
          {t('used.noneText')}
        </Empty>
      ) : (
        <>
          <ul className="lines used">
            {policy.usedBy.map(blueprint => (
              <li key={blueprint.id}>
                <Link
                  to="/policies/blueprints/$blueprint"
                  params={{ blueprint: blueprint.id }}
                  className="plain cut"
                  lang={langOf(blueprint.name)}
                >
                  {blueprint.name}
                </Link>
                {editable && (
                  <Button size="sm" variant="quiet" onClick={() => setLeaving(blueprint)}>
                    {t('used.leave')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <p className="used-add">{add}</p>
        </>
      )}
      {adding && <Join policy={policy} onClose={() => setAdding(false)} />}
      {leaving && <ChangeItems policy={policy} blueprint={leaving} join={false} onClose={() => setLeaving(null)} />}
    </div>
  )
}

function Join({ policy, onClose }: { policy: Policy; onClose(): void }) {
  const { t } = useVoice()
  const blueprints = useQuery(blueprintsQuery)
  const inside = new Set(policy.usedBy.map(one => one.id))
  const open = (blueprints.data?.items ?? []).filter(one => !inside.has(one.id))
  const [id, setId] = useState('')
  const chosen = open.find(one => one.id === id) ?? open[0]
  if (blueprints.data && open.length === 0) {
    return (
      <EffectDialog
        title={t('used.add')}
        text={t('used.noBlueprint')}
        go={t('used.addGo')}
        run={{ preview: null, error: null, stale: false, at: null }}
        notYet
        error={null}
        busy={false}
        onGo={onClose}
        onClose={onClose}
      >
        <ButtonLink to="/policies/blueprints">{t('blueprints.title')}</ButtonLink>
      </EffectDialog>
    )
  }
  if (!chosen) return null
  return (
    <ChangeItems
      policy={policy}
      blueprint={chosen}
      join
      onClose={onClose}
      choice={
        <SelectField
          label={t('used.which')}
          value={chosen.id}
          onChange={event => setId(event.target.value)}
          options={open.map(one => ({ value: one.id, label: one.name }))}
        />
      }
    />
  )
}

function ChangeItems(props: { policy: Policy; blueprint: Ref; join: boolean; choice?: ReactNode; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const { policy, join } = props
  const blueprint = useQuery(blueprintQuery(props.blueprint.id))
  const now = blueprint.data?.items.map(item => item.id)
  const items = now && (join ? [...now, policy.id] : now.filter(id => id !== policy.id))
  const path = `/blueprints/${props.blueprint.id}`
  const run = useDryRun(items ? `${path} ${items.join()}` : null, signal =>
    call<{ preview: Preview }>('PATCH', path, { query: { dryRun: true }, body: { items }, signal }),
  )
  const change = useMutation({
    mutationFn: (gate: { override?: string; confirm?: string }) => call('PATCH', path, { body: { items, ...gate } }),
    onSuccess: async () => {
      await Promise.all(
        [['policy', policy.id], ['policies'], ['blueprints'], ['blueprint']].map(queryKey =>
          client.invalidateQueries({ queryKey }),
        ),
      )
      props.onClose()
    },
  })
  return (
    <EffectDialog
      title={t(join ? 'used.addTitle' : 'used.leaveTitle', { policy: policy.name, blueprint: props.blueprint.name })}
      go={t(join ? 'used.addGo' : 'used.leaveGo')}
      run={run}
      untouched={t('used.untouched')}
      error={change.error}
      busy={change.isPending}
      onGo={gate => change.mutate(gate)}
      onClose={props.onClose}
    >
      {props.choice}
      <ProblemNote error={blueprint.error} />
    </EffectDialog>
  )
}
