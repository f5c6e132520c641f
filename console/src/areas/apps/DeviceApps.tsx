import '../../kit/css/apps.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '../../api.ts'
import type { DeviceApp } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { AppMark } from './AppMark.tsx'
import { standingColumns } from './columns.tsx'
import { deviceAppsQuery } from './queries.ts'

/** Why an app that is made for another system is not there. */
const otherSystem = 'honor.app-other-platform'

type Row = DeviceApp & { code: string | null }

/** What the organization wants of apps on a device, how far each is, why it is not there, and what can be done. */
export function DeviceApps({ device }: { device: string }) {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const client = useQueryClient()
  const list = useQuery(deviceAppsQuery(device))
  const all: Row[] = (list.data?.items ?? []).map(row => ({ ...row, code: row.reason?.code ?? null }))
  const rows = all.filter(row => row.code !== otherSystem)
  const ask = useMutation({
    mutationFn: (app: string) => call('POST', `/devices/${device}/catalog/${app}/ask`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device', device] }),
  })
  const there = rows.filter(row => row.state === 'installed' || row.state === 'updating').length
  const needed = rows.filter(row => row.presence === 'required').length
  return (
    <Section
      id="catalog"
      title={t('appsPage.fromCatalog')}
      hint={
        Math.max(needed, there) > 0
          ? t('appsPage.progress', { there: f.number(there), all: f.number(Math.max(needed, there)) })
          : null
      }
    >
      <ProblemNote error={list.error ?? ask.error} />
      {list.data && all.length === 0 && <Empty title={t('appsPage.noneHere')}>{t('appsPage.noneHereText')}</Empty>}
      {rows.length > 0 && (
        <ListTable<Row>
          caption={t('appsPage.fromCatalog')}
          inset
          rows={rows}
          keyOf={row => row.app}
          columns={[
            {
              id: 'name',
              head: t('apps.name'),
              cell: row => (
                <span className="with-mark">
                  <AppMark icon={row.icon} />
                  <Link to="/apps/$app" params={{ app: row.app }} className="plain cut" lang={langOf(row.name)}>
                    {row.name}
                  </Link>
                </span>
              ),
            },
            {
              id: 'wanted',
              head: t('appsPage.wanted'),
              width: 150,
              aside: true,
              wraps: true,
              cell: row => presenceOf(row),
            },
            ...standingColumns<Row>(
              voice,
              can('devices:configure')
                ? {
                    may: row => row.askable,
                    busy: row => ask.isPending && ask.variables === row.app,
                    go: row => ask.mutate(row.app),
                  }
                : null,
            ),
          ]}
        />
      )}
      {rows.length < all.length && (
        <p className="soft small other-system">
          {t('appsPage.otherSystem', {
            n: all.length - rows.length,
            apps: f.list(all.filter(row => row.code === otherSystem).map(row => row.name)),
          })}
        </p>
      )}
    </Section>
  )

  function presenceOf(row: DeviceApp): string {
    return row.presence === '' ? t('appsPage.leaving') : t(`choice.app.presence.${row.presence}`)
  }
}
