import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { call } from '../../api.ts'
import type { BlueprintRow } from '../../contract/blueprints.ts'
import type { Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { EffectDialog } from '../../kit/EffectDialog.tsx'
import { useDryRun } from '../../kit/dryRun.ts'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { shortPath, useScope, useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { PolicyNav } from '../policies/PolicyNav.tsx'
import { blueprintsQuery } from './queries.ts'

/** Who gets which policies: named, ordered sets; of two that are equally near to a device, the upper one wins. */
export function BlueprintList() {
  const { t, f } = useVoice()
  const can = useCan()
  const list = useQuery(blueprintsQuery)
  const [adding, setAdding] = useState(false)
  const [moving, setMoving] = useState<{ row: BlueprintRow; to: BlueprintRow } | null>(null)
  const rows = (list.data?.items ?? []).toSorted((a, b) => a.place - b.place)
  const may = can('policies:write')
  const move = (row: BlueprintRow, by: number) => {
    const to = rows[rows.indexOf(row) + by]
    if (to && may) setMoving({ row, to })
  }
  const onKey = (row: BlueprintRow) => (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || by === undefined) return
    event.preventDefault()
    move(row, by)
  }
  const add = may && (
    <Button icon="plus" variant={rows.length === 0 ? 'primary' : 'default'} onClick={() => setAdding(true)}>
      {t('blueprints.add')}
    </Button>
  )
  return (
    <>
      <PageHead
        title={t('blueprints.title')}
        crumbs={[{ label: t('nav.policies'), to: '/policies' }, { label: t('blueprints.title') }]}
        lede={t('blueprints.lede')}
      >
        {rows.length > 0 && add}
      </PageHead>
      <PolicyNav />
      <div className="pad tab-body">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={5} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && (
          <Empty title={t('blueprints.empty')} action={add}>
            {t('blueprints.emptyText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <>
          <ListTable
            caption={t('blueprints.caption')}
            rows={rows}
            keyOf={row => row.id}
            columns={[
              {
                id: 'name',
                head: t('policies.col.name'),
                cell: row => (
                  <span className="placed">
                    <span className="place">{f.number(rows.indexOf(row) + 1)}</span>
                    <Link
                      to="/policies/blueprints/$blueprint"
                      params={{ blueprint: row.id }}
                      className="plain cut"
                      lang={langOf(row.name)}
                      onKeyDown={onKey(row)}
                      {...(may && { 'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown' })}
                    >
                      {row.name}
                    </Link>
                  </span>
                ),
              },
              {
                id: 'unit',
                head: t('device.col.unit'),
                width: 170,
                aside: true,
                cell: row => shortPath(row.unit.path),
              },
              {
                id: 'items',
                head: t('nav.policies'),
                width: 92,
                num: true,
                aside: true,
                cell: row => f.number(row.policies),
              },
              {
                id: 'assignments',
                head: t('blueprints.assignments'),
                width: 120,
                num: true,
                cell: row => f.number(row.assignments),
              },
              {
                id: 'updatedAt',
                head: t('policies.col.updated'),
                width: 92,
                num: true,
                aside: true,
                cell: row => <Age at={row.updatedAt} />,
              },
              {
                id: 'menu',
                head: t('policies.more'),
                quiet: true,
                num: true,
                width: 64,
                cell: row =>
                  may && (
                    <ActionMenu
                      small
                      label={t('blueprints.menu', { name: row.name })}
                      lines={[
                        {
                          key: 'up',
                          icon: 'up',
                          label: t('blueprints.up'),
                          disabled: rows[0] === row,
                          onClick: () => move(row, -1),
                        },
                        {
                          key: 'down',
                          icon: 'down',
                          label: t('blueprints.down'),
                          disabled: rows.at(-1) === row,
                          onClick: () => move(row, 1),
                        },
                      ]}
                    />
                  ),
              },
            ]}
          />
          <div className="foot">
            <p className="small muted">{t('blueprints.order')}</p>
          </div>
        </>
      )}
      {adding && <AddBlueprint onClose={() => setAdding(false)} />}
      {moving && <MoveBlueprint {...moving} onClose={() => setMoving(null)} />}
    </>
  )
}

function AddBlueprint({ onClose }: { onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const scope = useScope()
  const units = useUnits()
  const [form, setForm] = useState({ name: '', unit: '' })
  const unit = form.unit || scope.unit?.id || units.data?.[0]?.id || ''
  const ready = form.name.trim() !== '' && unit !== ''
  const add = useMutation({
    mutationFn: () =>
      call<{ blueprint: { id: string } }>('POST', '/blueprints', { body: { name: form.name.trim(), unit, items: [] } }),
    onSuccess: async made => {
      await client.invalidateQueries({ queryKey: ['blueprints'] })
      void navigate({ to: '/policies/blueprints/$blueprint', params: { blueprint: made.blueprint.id } })
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('blueprints.add')}
      onSubmit={() => ready && !add.isPending && add.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={add.isPending}>
            {t('blueprints.addGo')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('policies.col.name')}
        hint={t('blueprints.nameHint')}
        value={form.name}
        onChange={event => setForm({ ...form, name: event.target.value })}
        error={fieldError(add.error, 'name')}
        data-autofocus
      />
      <SelectField
        label={t('policies.unit')}
        value={unit}
        onChange={event => setForm({ ...form, unit: event.target.value })}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
      <ProblemNote error={add.error} />
    </Dialog>
  )
}

function MoveBlueprint({ row, to, onClose }: { row: BlueprintRow; to: BlueprintRow; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const path = `/blueprints/${row.id}`
  const body = { place: to.place }
  const run = useDryRun(`${path} place ${to.place}`, signal =>
    call<{ preview: Preview }>('PATCH', path, { query: { dryRun: true }, body, signal }),
  )
  const move = useMutation({
    mutationFn: (gate: { override?: string; confirm?: string }) => call('PATCH', path, { body: { ...body, ...gate } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['blueprints'] })
      onClose()
    },
  })
  return (
    <EffectDialog
      title={t('blueprints.moveTitle', { name: row.name, to: to.name, way: to.place < row.place ? 'up' : 'down' })}
      text={t('blueprints.moveText')}
      go={t('blueprints.moveGo')}
      run={run}
      untouched={t('blueprints.moveNothing')}
      error={move.error}
      busy={move.isPending}
      onGo={gate => move.mutate(gate)}
      onClose={onClose}
    />
  )
}
