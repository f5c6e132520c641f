import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Assignment, Blueprint } from '../../contract/blueprints.ts'
import type { Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { EffectDialog } from '../../kit/EffectDialog.tsx'
import { useDryRun } from '../../kit/dryRun.ts'
import { TextField } from '../../kit/Field.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { AssignmentEditor } from './AssignmentEditor.tsx'
import { Assignments } from './Assignments.tsx'
import { ItemsEditor } from './ItemsEditor.tsx'
import { blueprintQuery } from './queries.ts'

/** One blueprint: which policies, in which order, for whom. */
export function BlueprintPage() {
  const { t } = useVoice()
  const { blueprint: id = '' } = useParams({ strict: false }) as { blueprint?: string }
  const blueprint = useQuery(blueprintQuery(id))
  if (!blueprint.data) {
    return (
      <>
        <PageHead
          title={t('blueprints.title')}
          crumbs={[
            { label: t('nav.policies'), to: '/policies' },
            { label: t('blueprints.title'), to: '/policies/blueprints' },
          ]}
        />
        <div className="pad">
          {blueprint.error ? <ProblemNote error={blueprint.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return <Loaded key={id} blueprint={blueprint.data} />
}

function Loaded({ blueprint }: { blueprint: Blueprint }) {
  const { t } = useVoice()
  const can = useCan()
  const may = can('policies:write')
  const [asking, setAsking] = useState<'rename' | 'remove' | null>(null)
  const [editing, setEditing] = useState<Assignment | 'new' | null>(null)
  const active = blueprint.assignments.filter(one => one.enabled).length
  const reaches = active > 0 && blueprint.items.length > 0
  return (
    <>
      <PageHead
        title={blueprint.name}
        crumbs={[
          { label: t('nav.policies'), to: '/policies' },
          { label: t('blueprints.title'), to: '/policies/blueprints' },
          { label: shortPath(blueprint.unit.path) },
        ]}
        heading={<h1 lang={langOf(blueprint.name)}>{blueprint.name}</h1>}
        lede={
          <Sentence tone={reaches ? 'ok' : 'none'} icon={reaches ? 'ok' : 'queued'}>
            {t('blueprint.standing', { items: blueprint.items.length, assignments: active })}
          </Sentence>
        }
      >
        {may && (
          <Button
            icon="plus"
            variant={blueprint.assignments.length === 0 ? 'primary' : 'default'}
            onClick={() => setEditing('new')}
          >
            {t('assignment.add')}
          </Button>
        )}
        {may && (
          <ActionMenu
            label={t('policies.more')}
            lines={[
              { key: 'rename', icon: 'edit', label: t('blueprint.rename'), onClick: () => setAsking('rename') },
              {
                key: 'remove',
                icon: 'x',
                label: t('blueprint.remove'),
                apart: true,
                onClick: () => setAsking('remove'),
              },
            ]}
          />
        )}
      </PageHead>
      {editing === 'new' && (
        <AssignmentEditor blueprint={blueprint} assignment={null} onClose={() => setEditing(null)} />
      )}
      <Assignments
        blueprint={blueprint}
        editable={may}
        editing={editing === 'new' ? null : editing}
        onEdit={setEditing}
      />
      <ItemsEditor blueprint={blueprint} editable={may} />
      {asking === 'rename' && <Rename blueprint={blueprint} onClose={() => setAsking(null)} />}
      {asking === 'remove' && <Remove blueprint={blueprint} onClose={() => setAsking(null)} />}
    </>
  )
}

function Rename({ blueprint, onClose }: { blueprint: Blueprint; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [name, setName] = useState(blueprint.name)
  const rename = useMutation({
    mutationFn: () => call('PATCH', `/blueprints/${blueprint.id}`, { body: { name: name.trim() } }),
    onSuccess: async () => {
      await Promise.all(
        [['blueprint', blueprint.id], ['blueprints']].map(queryKey => client.invalidateQueries({ queryKey })),
      )
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('blueprint.rename')}
      onSubmit={() => name.trim() !== '' && !rename.isPending && rename.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={name.trim() === ''} busy={rename.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('policies.col.name')}
        value={name}
        onChange={event => setName(event.target.value)}
        error={fieldError(rename.error, 'name')}
        data-autofocus
      />
      <ProblemNote error={rename.error} />
    </Dialog>
  )
}

function Remove({ blueprint, onClose }: { blueprint: Blueprint; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const path = `/blueprints/${blueprint.id}`
  const run = useDryRun(`${path} remove`, signal =>
    call<{ preview: Preview }>('DELETE', path, { query: { dryRun: true }, signal }),
  )
  const remove = useMutation({
    mutationFn: (gate: { override?: string; confirm?: string }) => call('DELETE', path, { query: gate }),
    onSuccess: async () => {
      await navigate({ to: '/policies/blueprints' })
      await Promise.all([['blueprints'], ['policies']].map(queryKey => client.invalidateQueries({ queryKey })))
    },
  })
  return (
    <EffectDialog
      title={t('blueprint.removeTitle', { name: blueprint.name })}
      text={t('blueprint.removeText')}
      go={t('blueprint.removeGo')}
      run={run}
      untouched={t('used.untouched')}
      error={remove.error}
      busy={remove.isPending}
      onGo={gate => remove.mutate(gate)}
      onClose={onClose}
    />
  )
}
