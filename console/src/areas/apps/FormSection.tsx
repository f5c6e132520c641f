import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../api.ts'
import type { AppPageData, FormKey } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'

/** The keys an app can be told, as its vendor's file describes them. Values are set in the app's policy. */
export function FormSection({ app }: { app: AppPageData }) {
  const { t } = useVoice()
  const can = useCan()
  const id = useId()
  const client = useQueryClient()
  const keep = useMutation({
    mutationFn: async (file: File) =>
      call<AppPageData>('PUT', `/apps/${app.id}/form`, { body: { text: await file.text() } }),
    onSuccess: page => client.setQueryData(['app', app.id], page),
  })
  const said = (key: FormKey) => (key.default === null ? '–' : String(key.default))
  return (
    <Section id="form" title={t('setting.app.config')} hint={t('appsPage.formHint')}>
      <div>
        <ProblemNote error={keep.error} />
        {!app.form && <Empty title={t('appsPage.noForm')}>{t('appsPage.noFormText')}</Empty>}
        {can('apps:write') && (
          <div className="field">
            <label className="lab" htmlFor={id}>
              {t('appsPage.formFile')}
            </label>
            <input
              id={id}
              type="file"
              accept=".xml,.json"
              onChange={event => {
                const file = event.target.files?.[0]
                if (file) keep.mutate(file)
                event.target.value = ''
              }}
            />
          </div>
        )}
      </div>
      {app.form && (
        <ListTable
          caption={t('setting.app.config')}
          rows={app.form}
          keyOf={row => row.key}
          columns={[
            {
              id: 'key',
              head: t('appsPage.key'),
              cell: row => (
                <span className="mono" data-name>
                  {row.key}
                </span>
              ),
            },
            {
              id: 'title',
              head: t('appsPage.meaning'),
              aside: true,
              cell: row => <span lang="en">{row.title ?? row.help ?? '–'}</span>,
            },
            { id: 'type', head: t('appsPage.type'), width: 130, cell: row => t(`appsPage.type.${row.type}`) },
            {
              id: 'default',
              head: t('appsPage.default'),
              width: 160,
              aside: true,
              cell: row => <span data-name>{said(row)}</span>,
            },
          ]}
        />
      )}
    </Section>
  )
}
