import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { appDevicesQuery } from './queries.ts'
import { appTones, whyOf } from './words.ts'

type Group = '' | 'failed' | 'pending' | 'installed' | 'removed'

/** The devices of an app: those that need a person first, with the reason and the next step. */
export function AppDevices({ app }: { app: string }) {
  const voice = useVoice()
  const { t } = voice
  const [group, setGroup] = useState<Group>('')
  const list = useInfiniteQuery(appDevicesQuery(app, group))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <Section id="devices" title={t('nav.devices')}>
      <div>
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
        <ProblemNote error={list.error} />
        {list.isPending && <Bones label={t('kit.loading')} />}
        {list.data && rows.length === 0 && <Empty title={t('appsPage.noDevices')}>{t('appsPage.noDevicesText')}</Empty>}
      </div>
      {rows.length > 0 && (
        <ListTable
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
                const why = whyOf(voice, row.code)
                return why ? (
                  <span title={why.next ?? undefined}>
                    {why.why} {why.next && <span className="soft">{why.next}</span>}
                  </span>
                ) : (
                  '–'
                )
              },
            },
            { id: 'version', head: t('apps.version'), width: 90, aside: true, cell: row => row.version ?? '–' },
            { id: 'since', head: t('appsPage.since'), width: 90, num: true, cell: row => <Age at={row.since} /> },
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
