import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { AppDevice } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { standingColumns } from './columns.tsx'
import { appDevicesQuery } from './queries.ts'

type Group = '' | 'failed' | 'pending' | 'installed' | 'removed'

/** The devices of an app: those that need a person first, with the reason and the next step. `only`: just those of one group. `latest`: the version they should have. */
export function AppDevices({ app, only, latest = null }: { app: string; only?: 'failed'; latest?: string | null }) {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const client = useQueryClient()
  const [chosen, setGroup] = useState<Group>('')
  const group = only ?? chosen
  const list = useInfiniteQuery(appDevicesQuery(app, group))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const ask = useMutation({
    mutationFn: (device: string) => call('POST', `/devices/${device}/catalog/${app}/ask`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['app', app] }),
  })
  return (
    <Section id="devices" title={t(only ? 'appsPage.failedOn' : 'nav.devices')}>
      <div>
        {!only && (
          <Segments<Group>
            label={t('device.col.state')}
            value={group}
            onChange={setGroup}
            options={[
              { value: '', label: t('appsPage.all') },
              { value: 'failed', label: t('appsPage.failed') },
              { value: 'pending', label: t('appsPage.pending') },
              { value: 'installed', label: t('appsPage.installed') },
              { value: 'removed', label: t('appState.removed') },
            ]}
          />
        )}
        <ProblemNote error={list.error ?? ask.error} />
        {list.isPending && <Bones label={t('kit.loading')} />}
        {list.data && rows.length === 0 && (
          <Empty title={t(only ? 'appsPage.failsNowhere' : 'appsPage.noDevices')}>
            {t(only ? 'appsPage.failsNowhereText' : 'appsPage.noDevicesText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable<AppDevice>
          caption={t('nav.devices')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('apps.name'),
              cell: row => (
                <Link to="/devices/$device" params={{ device: row.id }} className="plain cut" data-name>
                  {row.name}
                </Link>
              ),
            },
            ...standingColumns<AppDevice>(
              voice,
              can('devices:configure')
                ? {
                    may: row => row.state === 'failed' || row.state === 'rejected',
                    busy: row => ask.isPending && ask.variables === row.id,
                    go: row => ask.mutate(row.id),
                  }
                : null,
              latest,
            ),
          ]}
        />
      )}
      {list.hasNextPage && (
        <div className="pad more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}
