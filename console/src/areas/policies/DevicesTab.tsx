import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Policy, PolicyDevice } from '../../contract/policies.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments } from '../../kit/Field.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { DeviceBar } from './DeviceBar.tsx'
import { policyDevicesQuery } from './queries.ts'

/** How each state of an item on a device looks. */
export const itemStates: Record<string, { tone: ToneName; icon: IconName }> = {
  installed: { tone: 'ok', icon: 'ok' },
  failed: { tone: 'danger', icon: 'danger' },
  wanted: { tone: 'pending', icon: 'queued' },
  sent: { tone: 'pending', icon: 'send' },
  removing: { tone: 'pending', icon: 'minus' },
  unsupported: { tone: 'none', icon: 'canceled' },
  blocked: { tone: 'attention', icon: 'attention' },
  waiting: { tone: 'pending', icon: 'pending' },
}

/** What a device said, in words where we have them. */
function sayError(voice: Voice, { code, facts }: NonNullable<PolicyDevice['error']>): string {
  const key = `explained.${code}`
  return voice.has(key) ? voice.tell(key, facts) : code
}

/** How far each device is with the policy. */
export function DevicesTab({ policy }: { policy: Policy }) {
  const voice = useVoice()
  const { t, f } = voice
  const [state, setState] = useState('')
  const list = useInfiniteQuery(policyDevicesQuery(policy.id, state))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const filters = ['', 'failed', 'pending', 'installed'] as const
  return (
    <div className="tab-body">
      <div className="pad devices-head">
        <DeviceBar counts={policy.devices} />
        <span className="push">
          <Segments
            label={t('devicesTab.which')}
            value={state}
            options={filters.map(value => ({ value: value as string, label: t(`devicesTab.${value || 'all'}`) }))}
            onChange={setState}
          />
        </span>
      </div>
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={5} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && (
          <Empty title={t(state === '' ? 'devicesTab.none' : 'devicesTab.noneSo')}>
            {state === '' ? t('devicesTab.noneText') : null}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('devicesTab.caption', { name: policy.name })}
          rows={rows}
          keyOf={row => `${row.device.id} ${row.item}`}
          columns={[
            {
              id: 'device',
              head: t('device.col.name'),
              cell: row => (
                <span className="dev">
                  <Icon name="devices" />
                  <Link
                    to="/devices/$device"
                    params={{ device: row.device.id }}
                    search={{ tab: 'policy' }}
                    className="plain cut"
                    lang={langOf(row.device.name)}
                  >
                    {row.device.name}
                  </Link>
                </span>
              ),
            },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 150,
              cell: row => {
                const look = itemStates[row.state] ?? { tone: 'none' as const, icon: 'unknown' as const }
                return (
                  <State tone={look.tone} icon={look.icon} quiet>
                    {t(`itemState.${row.state in itemStates ? row.state : 'wanted'}` as 'itemState.wanted')}
                  </State>
                )
              },
            },
            {
              id: 'version',
              head: t('policies.col.version'),
              width: 80,
              num: true,
              aside: true,
              cell: row => f.number(row.version),
            },
            {
              id: 'error',
              head: t('devicesTab.error'),
              aside: true,
              cell: row =>
                row.error ? (
                  <span title={sayError(voice, row.error)}>{sayError(voice, row.error)}</span>
                ) : (
                  <span className="muted">–</span>
                ),
            },
            { id: 'at', head: t('devicesTab.at'), width: 96, num: true, cell: row => <Age at={row.at} /> },
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
    </div>
  )
}
