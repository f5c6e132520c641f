import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Device } from '../../../contract.ts'
import type { DeviceItem, DevicePolicy } from '../../../contract/effective.ts'
import { NamingVoice, useVoice } from '../../../i18n/index.tsx'
import { Button } from '../../../kit/Button.tsx'
import { useNow } from '../../../kit/clock.ts'
import { Icon } from '../../../kit/Icon.tsx'
import { Bones, Empty, Section } from '../../../kit/Page.tsx'
import { ProblemNote } from '../../../kit/Problem.tsx'
import { Sentence, type ToneName } from '../../../kit/State.tsx'
import { useCan } from '../../../session.tsx'
import { deviceAppsQuery } from '../../apps/queries.ts'
import { calendarsQuery } from '../../hours/queries.ts'
import { ItemRows } from './ItemRows.tsx'
import { devicePolicyQuery, retryItems } from './queries.ts'
import { Trials } from './Trials.tsx'
import { WhyNotSearch } from './WhyNot.tsx'
import { sayKind, underWay } from './words.ts'

/** Everything a device should have: value, source, why, and how far each item is. Follows the device by itself. */
export function PolicyTab({ device }: { device: Device }) {
  const { t } = useVoice()
  const can = useCan()
  const policy = useQuery(devicePolicyQuery(device.id))
  const { data } = policy
  const settings = data?.items.reduce((sum, item) => sum + item.settings.length, 0) ?? 0
  const sources = new Set(data?.items.flatMap(item => item.settings.flatMap(one => one.from.map(f => f.policy.id))))
  const settled =
    data?.items.reduce((sum, item) => sum + item.settings.filter(one => one.lost.length > 0).length, 0) ?? 0
  return (
    <>
      <Section
        id="effective"
        title={t('device.tab.policy')}
        hint={data && settings > 0 && t('effective.summary', { settings, policies: sources.size, settled })}
        by={can('policies:read') && <Trials device={device} />}
      >
        <ProblemNote error={policy.error} />
        {policy.isPending && <Bones lines={6} label={t('kit.loading')} />}
        {data && <Standing device={device.id} policy={data} />}
        {data && data.items.length === 0 && (
          <Empty title={t('effective.none')}>
            {t(`effective.noneText.${data.state === 'unmanaged' ? 'unmanaged' : 'managed'}`)}
          </Empty>
        )}
      </Section>
      {data && data.items.length > 0 && <Items device={device.id} items={data.items} />}
      {can('policies:read') && <WhyNotSearch device={device} />}
    </>
  )
}

const tones: Record<DevicePolicy['state'], ToneName> = {
  unmanaged: 'none',
  computing: 'pending',
  pending: 'pending',
  failed: 'danger',
  reached: 'ok',
}

/** How far the device is, in one sentence, with its generation. */
function Standing({ device, policy }: { device: string; policy: DevicePolicy }) {
  const { rich, t, f } = useVoice()
  const can = useCan()
  const now = useNow()
  const client = useQueryClient()
  const states = policy.items.map(item => item.status?.state ?? 'unsupported')
  const failed = states.filter(state => state === 'failed').length
  const blocked = states.filter(state => state === 'blocked').length
  const away = states.filter(state => underWay.includes(state)).length
  const retry = useMutation({
    mutationFn: () => retryItems(device, null),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device', device, 'policy'] }),
  })
  return (
    <div className="standing">
      <Sentence tone={tones[policy.state]}>
        {rich(`effective.state.${policy.state}`, {
          since: policy.reachedAt === null ? '' : f.dateTime(policy.reachedAt),
          failed,
          blocked,
          away,
          of: policy.items.length,
        })}{' '}
        {policy.generation > 0 && policy.at !== null && (
          <span className="small muted">
            {t('effective.generation', { n: policy.generation, since: f.relative(policy.at, now) })}
          </span>
        )}
      </Sentence>
      {failed > 1 && can('devices:configure') && (
        <Button size="sm" icon="refresh" busy={retry.isPending} onClick={() => retry.mutate()}>
          {t('effective.retryAll', { n: failed })}
        </Button>
      )}
      <ProblemNote error={retry.error} />
    </div>
  )
}

/** What the device has or shall have; what was never meant for such a device is folded away below it. */
function Items({ device, items }: { device: string; items: readonly DeviceItem[] }) {
  const { t } = useVoice()
  const [foreign, own] = [items.filter(isForeign), items.filter(item => !isForeign(item))]
  return (
    <Known device={device} items={items}>
      {own.length > 0 && <Table device={device} items={own} />}
      {foreign.length > 0 && (
        <details className="rest sec">
          <summary>
            <Icon name="right" />
            <h2>{t('itemState.unsupported')}</h2>
            <span className="small muted">{t('effective.foreign', { n: foreign.length })}</span>
          </summary>
          <Table device={device} items={foreign} />
        </details>
      )}
    </Known>
  )
}

const isForeign = (item: DeviceItem): boolean => item.status?.state === 'unsupported' && item.channels.length < 2

/** Calls by their names the apps and calendars that values mention. */
function Known(props: { device: string; items: readonly DeviceItem[]; children: ReactNode }) {
  const can = useCan()
  const mentions = (kind: string) => props.items.some(item => item.kind === kind)
  const apps = useQuery({ ...deviceAppsQuery(props.device), enabled: mentions('app') })
  const calendars = useQuery({ ...calendarsQuery, enabled: mentions('work-time') && can('policies:read') })
  const names = new Map([
    ...(apps.data?.items.map(one => [one.app, one.name] as const) ?? []),
    ...(calendars.data?.items.map(one => [one.id, one.name] as const) ?? []),
  ])
  return <NamingVoice nameOf={id => names.get(id)}>{props.children}</NamingVoice>
}

/** Settings in groups of their kind. */
function Table({ device, items }: { device: string; items: readonly DeviceItem[] }) {
  const voice = useVoice()
  const { t } = voice
  const kinds = [...Map.groupBy(items, item => item.kind)].sort(([a], [b]) =>
    sayKind(voice, a).localeCompare(sayKind(voice, b)),
  )
  return (
    <table className="t effective">
      <caption className="vh">{t('device.tab.policy')}</caption>
      <colgroup>
        <col className="c-setting" />
        <col className="c-value" />
        <col className="c-source" />
        <col className="c-because" />
        <col className="c-delivery" />
        <col className="c-why" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('effective.setting')}</th>
          <th scope="col">{t('effective.value')}</th>
          <th scope="col">{t('effective.source')}</th>
          <th scope="col">{t('effective.because')}</th>
          <th scope="col">{t('effective.delivery')}</th>
          <th scope="col">
            <span className="vh">{t('why.button')}</span>
          </th>
        </tr>
      </thead>
      {kinds.map(([kind, group]) => (
        <tbody key={kind}>
          <tr className="kind">
            <th scope="rowgroup" colSpan={6}>
              {sayKind(voice, kind)}
            </th>
          </tr>
          {group.map(item => (
            <ItemRows key={item.item} device={device} item={item} />
          ))}
        </tbody>
      ))}
    </table>
  )
}
