import { Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DeviceItem, EffectiveSetting, Why, WhyLink } from '../../../contract/effective.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { Button, ButtonLink } from '../../../kit/Button.tsx'
import { useNow } from '../../../kit/clock.ts'
import { Icon } from '../../../kit/Icon.tsx'
import { langOf } from '../../../kit/names.ts'
import { Bones } from '../../../kit/Page.tsx'
import { ProblemNote } from '../../../kit/Problem.tsx'
import { State } from '../../../kit/State.tsx'
import { phaseTone, sayPhase } from '../../hours/words.ts'
import { versionQuery } from '../../policies/queries.ts'
import { whyQuery } from './queries.ts'
import { sayMiss, sayReach, sayWhole } from './words.ts'

/** Opens what decided a setting: who says what from near to far, by whom it was set, and when the device took it. */
export function WhyButton(props: { device: string; item: DeviceItem; setting: EffectiveSetting; name: string }) {
  const { t } = useVoice()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      width={448}
      trapFocus
      returnFocus
      withinPortal
      shadow="sm"
    >
      <Popover.Target>
        <Button size="sm" variant="quiet" aria-label={t('why.of', { name: props.name })} onClick={() => setOpen(!open)}>
          {t('why.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="pop why" aria-label={t('why.of', { name: props.name })}>
        {open && <Explanation {...props} onClose={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Explanation(props: {
  device: string
  item: DeviceItem
  setting: EffectiveSetting
  name: string
  onClose(): void
}) {
  const voice = useVoice()
  const { t } = voice
  const { item, setting } = props
  const why = useQuery(whyQuery(props.device, item.item, setting.key))
  const [winner] = setting.from
  return (
    <>
      <div className="why-head">
        <h3>{t('why.of', { name: props.name })}</h3>
        <Button size="sm" variant="quiet" icon="x" iconOnly onClick={props.onClose}>
          {t('kit.close')}
        </Button>
      </div>
      <ProblemNote error={why.error} />
      {why.isPending && (
        <div className="why-wait">
          <Bones lines={3} label={t('kit.loading')} />
        </div>
      )}
      {why.data?.time && (
        <p className="soft">
          <State tone={phaseTone(why.data.time)} icon={why.data.time.phase === 'working' ? 'ok' : 'paused'}>
            {t(`hours.now.${why.data.time.phase}`)}
          </State>{' '}
          {sayPhase(voice, why.data.time)}
        </p>
      )}
      {why.data && <Chain why={why.data} />}
      <SetAndDelivered item={item} setting={setting} />
      {why.data && why.data.unheard.length > 0 && <Unheard why={why.data} />}
      {winner && (
        <div className="acts">
          <ButtonLink size="sm" to="/policies/$policy" params={{ policy: winner.policy.id }}>
            {t('why.openPolicy', { name: winner.policy.name })}
          </ButtonLink>
          <ButtonLink
            size="sm"
            variant="quiet"
            to="/policies/blueprints/$blueprint"
            params={{ blueprint: winner.blueprint.id }}
          >
            {winner.blueprint.name}
          </ButtonLink>
        </div>
      )}
    </>
  )
}

/** Everything that was said, nearest first: what won, what lost, and who says nothing. */
function Chain({ why }: { why: Why }) {
  const { rich } = useVoice()
  const said = why.chain.filter(link => link.became !== 'silent').length
  return (
    <>
      <p className="soft">
        {rich(`why.decided.${why.decided ?? 'only'}`, { n: said, level: why.chain[0]?.reach.level ?? 'unit' })}
      </p>
      <ol className="chain">
        {why.chain.map(link => (
          <ChainLine key={`${link.assignment}${link.policy.id}`} why={why} link={link} />
        ))}
      </ol>
    </>
  )
}

function ChainLine({ why, link }: { why: Why; link: WhyLink }) {
  const voice = useVoice()
  const { t } = voice
  const value = link.value === undefined ? null : sayWhole(voice, why.kind, why.key ?? '', link.value)
  const won = link.became === 'won' || link.became === 'united'
  return (
    <li className={won ? 'win' : undefined}>
      <span className="level" lang={langOf(link.reach.name ?? '')}>
        {sayReach(voice, link.reach)}
      </span>
      <span className="by">
        <Link to="/policies/$policy" params={{ policy: link.policy.id }} lang={langOf(link.policy.name)}>
          {t('effective.version', { name: link.policy.name, version: Math.max(0, link.version) })}
        </Link>
        {link.standing && (
          <span className="small muted">
            {t('why.rollout', { to: link.standing.to, percent: link.standing.percent })}
          </span>
        )}
      </span>
      {link.became === 'silent' ? (
        <span className="muted">{t('why.silent')}</span>
      ) : won ? (
        <State tone="ok" icon={link.became === 'united' ? 'plus' : 'check'}>
          {value}
        </State>
      ) : (
        <s>{value}</s>
      )}
    </li>
  )
}

/** By whom and with which note the winning version was saved, and how far the item is. */
function SetAndDelivered({ item, setting }: { item: DeviceItem; setting: EffectiveSetting }) {
  const { t, f, has } = useVoice()
  const now = useNow()
  const [winner] = setting.from
  const { status } = item
  const version = useQuery({
    ...versionQuery(winner?.policy.id ?? '', winner?.version ?? 0),
    enabled: winner !== undefined && winner.version > 0,
    retry: false,
  })
  const { data } = version
  const state = status ? `why.delivery.${status.state}` : ''
  return (
    <dl className="facts two">
      {data && (
        <div>
          <dt>{t('why.setBy')}</dt>
          <dd>
            {data.by.name && <span lang={langOf(data.by.name)}>{data.by.name}, </span>}
            {f.dateTime(data.at)}
            {data.note && <span lang={langOf(data.note)}>: “{data.note}”</span>}
          </dd>
        </div>
      )}
      {status && has(state) && (
        <div>
          <dt>{t('effective.delivery')}</dt>
          <dd>
            {t(state, {
              handed: f.dateTime(status.handedAt ?? status.at),
              since: f.relative(status.at, now),
              reported: status.reportedAt === null ? 'no' : 'yes',
              when: status.reportedAt === null ? '' : f.relative(status.reportedAt, now),
            })}
          </dd>
        </div>
      )}
      {winner?.through && (
        <div>
          <dt>{t('why.through')}</dt>
          <dd>{t(`why.through.${winner.through.kind}`)}</dd>
        </div>
      )}
    </dl>
  )
}

/** Policies that would speak about it, and what keeps each from the device. */
function Unheard({ why }: { why: Why }) {
  const voice = useVoice()
  const { t } = voice
  return (
    <details className="rest">
      <summary>
        <Icon name="right" />
        {t('why.unheard', { n: why.unheard.length })}
      </summary>
      <ul className="small">
        {why.unheard.map(one => (
          <li key={`${one.assignment}${one.policy.id}`}>
            <Icon name="minus" />
            <span>
              <Link to="/policies/$policy" params={{ policy: one.policy.id }} lang={langOf(one.policy.name)}>
                {one.policy.name}
              </Link>
              : {sayMiss(voice, one.miss)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
