import '../../kit/css/apps.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '../../api.ts'
import type { DeviceApp } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { AppMark } from './AppMark.tsx'
import { deviceAppsQuery } from './queries.ts'
import { appTones, whyOf } from './words.ts'

/** What the organization wants of apps on a device, how far each is, why it is not there, and what can be done. */
export function DeviceApps({ device }: { device: string }) {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const client = useQueryClient()
  const list = useQuery(deviceAppsQuery(device))
  const rows = list.data?.items ?? []
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
        rows.length > 0
          ? t('appsPage.progress', { there: f.number(there), all: f.number(Math.max(needed, there)) })
          : null
      }
    >
      <ProblemNote error={list.error ?? ask.error} />
      {list.data && rows.length === 0 && <Empty title={t('appsPage.noneHere')}>{t('appsPage.noneHereText')}</Empty>}
      {rows.length > 0 && (
        <ListTable
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
            { id: 'wanted', head: t('appsPage.wanted'), width: 130, aside: true, cell: row => presenceOf(row) },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 190,
              cell: row => (
                <State tone={appTones[row.state]} quiet>
                  {t(`appState.${row.state}`)}
                </State>
              ),
            },
            {
              id: 'why',
              head: t('appsPage.why'),
              aside: true,
              cell: row => {
                const why = whyOf(voice, row.reason?.code)
                if (!why) return '–'
                return (
                  <span>
                    {why.why} {why.next && <span className="soft">{why.next}</span>}
                  </span>
                )
              },
            },
            { id: 'version', head: t('apps.version'), width: 90, aside: true, cell: row => row.version ?? '–' },
            {
              id: 'since',
              head: t('appsPage.since'),
              width: 90,
              num: true,
              aside: true,
              cell: row => <Age at={row.since} />,
            },
            {
              id: 'acts',
              head: t('appsPage.ask'),
              quiet: true,
              width: 130,
              cell: row =>
                row.askable && can('devices:configure') ? (
                  <Button size="sm" busy={ask.isPending} onClick={() => ask.mutate(row.app)}>
                    {t(
                      row.state === 'rejected'
                        ? 'appsPage.askAgain'
                        : row.state === 'failed'
                          ? 'appsPage.tryAgain'
                          : 'appsPage.ask',
                    )}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
    </Section>
  )

  function presenceOf(row: DeviceApp): string {
    return row.presence === '' ? t('appsPage.leaving') : t(`choice.app.presence.${row.presence}`)
  }
}
