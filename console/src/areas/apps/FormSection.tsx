import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { call } from '../../api.ts'
import type { AppPageData, FormKey } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { KeyDialog } from './KeyDialog.tsx'

/** The keys an app can be told, from its vendor's file or written by hand. Values are set in the app's policies. */
export function FormSection({ app }: { app: AppPageData }) {
  const { t } = useVoice()
  const can = useCan()
  const id = useId()
  const client = useQueryClient()
  const [editing, setEditing] = useState<FormKey | 'new' | null>(null)
  const keep = useMutation({
    mutationFn: (form: { text: string } | { keys: readonly FormKey[] }) =>
      call<AppPageData>('PUT', `/apps/${app.id}/form`, { body: form }),
    onSuccess: async page => {
      client.setQueryData(['app', app.id], page)
      setEditing(null)
      await client.invalidateQueries({ queryKey: ['policy-check'] })
    },
  })
  const keys = app.form ?? []
  const may = can('apps:write')
  return (
    <Section
      id="form"
      title={t('setting.app.config')}
      {...(app.policies.length === 0 && { hint: t('appsPage.formHint') })}
    >
      <div>
        {editing === null && <ProblemNote error={keep.error} />}
        {!app.form && <Empty title={t('appsPage.noForm')}>{t('appsPage.noFormText')}</Empty>}
        <Told app={app} />
        {may && (
          <div className="acts-line">
            <label className="btn sm" htmlFor={id}>
              {t('appsPage.formFile')}
            </label>
            <input
              id={id}
              className="vh"
              type="file"
              accept=".xml,.json"
              onChange={event => {
                const file = event.target.files?.[0]
                if (file) void file.text().then(text => keep.mutate({ text }))
                event.target.value = ''
              }}
            />
            <Button size="sm" icon="plus" onClick={() => setEditing('new')}>
              {t('appsPage.addKey')}
            </Button>
          </div>
        )}
      </div>
      {keys.length > 0 && (
        <Keys
          keys={keys}
          onEdit={may ? setEditing : null}
          onDrop={key => keep.mutate({ keys: keys.filter(one => one.key !== key.key) })}
        />
      )}
      {editing !== null && (
        <KeyDialog
          of={editing === 'new' ? null : editing}
          taken={keys.map(one => one.key)}
          error={keep.error}
          busy={keep.isPending}
          onSave={key =>
            keep.mutate({
              keys: editing === 'new' ? [...keys, key] : keys.map(one => (one.key === editing.key ? key : one)),
            })
          }
          onClose={() => {
            keep.reset()
            setEditing(null)
          }}
        />
      )}
    </Section>
  )
}

/** The policies in which the values are set. */
function Told({ app }: { app: AppPageData }) {
  const { t } = useVoice()
  if (app.policies.length === 0) return null
  return (
    <p className="small set-in">
      {t('appsPage.setIn')}{' '}
      {app.policies.map((policy, i) => (
        <span key={policy.id}>
          {i > 0 && ' · '}
          <Link to="/policies/$policy" params={{ policy: policy.id }} lang={langOf(policy.name)}>
            {policy.name}
          </Link>
        </span>
      ))}
    </p>
  )
}

function Keys(props: {
  keys: readonly FormKey[]
  onEdit: ((key: FormKey) => void) | null
  onDrop(key: FormKey): void
}) {
  const { t } = useVoice()
  const { onEdit } = props
  const said = (key: FormKey): string => {
    if (key.default === null) return '–'
    if (typeof key.default === 'boolean') return t(key.default ? 'kit.yes' : 'kit.no')
    return key.options.find(one => one.value === key.default)?.title ?? String(key.default)
  }
  return (
    <ListTable
      caption={t('setting.app.config')}
      rows={props.keys}
      keyOf={row => row.key}
      columns={[
        {
          id: 'key',
          head: t('appsPage.key'),
          cell: row => (
            <span className="mono" data-name>
              {row.key}
              {row.needed && <span className="small muted"> {t('form.required')}</span>}
            </span>
          ),
        },
        {
          id: 'title',
          head: t('appsPage.meaning'),
          aside: true,
          cell: row => <span data-name>{row.title ?? row.help ?? '–'}</span>,
        },
        {
          id: 'type',
          head: t('appsPage.type'),
          width: 150,
          cell: row =>
            t(row.options.length > 0 && row.type !== 'list' ? 'appsPage.type.choice' : `appsPage.type.${row.type}`),
        },
        {
          id: 'default',
          head: t('appsPage.default'),
          width: 150,
          aside: true,
          cell: row => <span data-name>{said(row)}</span>,
        },
        ...(onEdit
          ? [
              {
                id: 'acts',
                head: t('appsPage.editKeyHead'),
                quiet: true,
                width: 92,
                cell: (row: FormKey) => (
                  <span className="acts-line tight">
                    <Button size="sm" variant="quiet" icon="edit" iconOnly onClick={() => onEdit(row)}>
                      {t('appsPage.editKey', { key: row.key })}
                    </Button>
                    <Button size="sm" variant="quiet" icon="x" iconOnly onClick={() => props.onDrop(row)}>
                      {t('appsPage.dropKey', { key: row.key })}
                    </Button>
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
