import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Device } from '../../../contract.ts'
import type { DeviceItem, DevicePolicy } from '../../../contract/effective.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { Button } from '../../../kit/Button.tsx'
import { useNow } from '../../../kit/clock.ts'
import { Bones, Empty, Section } from '../../../kit/Page.tsx'
import { ProblemNote } from '../../../kit/Problem.tsx'
import { Sentence, type ToneName } from '../../../kit/State.tsx'
import { useCan } from '../../../session.tsx'
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
      {data && data.items.length > 0 && <Table device={device.id} items={data.items} />}
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
