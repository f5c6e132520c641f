import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Device, Fact } from '../../contract.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Facts, type FactLine } from '../../kit/Facts.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { DeviceHours } from '../hours/DeviceHours.tsx'
import { DeviceUpdates } from '../updates/DeviceUpdates.tsx'
import { CommandStanding } from '../commands/CommandStanding.tsx'
import { isOver, kindWord } from '../commands/words.ts'
import { Hidden } from '../privacy/Hidden.tsx'
import { mayHaveAgent } from './AgentStanding.tsx'
import { AndroidStanding } from './GoogleStanding.tsx'
import { ChannelPanel } from '../wake/ChannelPanel.tsx'
import { EditDevice } from './EditDevice.tsx'
import { arranged, factLines, thirds } from './facts.ts'
import { deviceCommandsQuery, googleQuery, refresh } from './queries.ts'

const groups: readonly Fact['group'][] = [
  'identity',
  'os',
  'storage',
  'battery',
  'network',
  'cellular',
  'security',
  'other',
]

/** What waits, what the device said about itself, and how it is managed. */
export function Overview({ device }: { device: Device }) {
  const voice = useVoice()
  const { t } = voice
  const ask = useMutation({ mutationFn: () => refresh(device.id) })
  const { first, rest } = arranged(device.facts)
  return (
    <>
      <UnderWay device={device.id} />
      <DeviceUpdates device={device.id} />
      <DeviceHours device={device} />
      <Section
        id="facts"
        title={t('device.tab.overview')}
        by={
          <>
            {t('device.factsNote')}{' '}
            <button type="button" className="link" onClick={() => ask.mutate()}>
              {ask.isSuccess ? t('device.asked') : t('device.askAgain')}
            </button>
          </>
        }
      >
        <ProblemNote error={ask.error} />
        {device.facts.length === 0 ? (
          <Empty title={t('device.noFacts')}>{t('device.noFactsText')}</Empty>
        ) : (
          <div className="three">
            {thirds(first).map(facts => (
              <Facts key={facts[0]?.key} lines={factLines(voice, facts, device.facts)} />
            ))}
          </div>
        )}
      </Section>
      <Hidden device={device} />
      <Management device={device} />
      {mayHaveAgent(device) && <AndroidStanding device={device.id} />}
      {mayHaveAgent(device) && <ChannelPanel device={device.id} />}
      {rest.length > 0 && <TheRest facts={rest} all={device.facts} />}
    </>
  )
}

/** Every other value, by group, folded away. */
function TheRest({ facts, all }: { facts: readonly Fact[]; all: readonly Fact[] }) {
  const voice = useVoice()
  const { t } = voice
  return (
    <details className="rest sec">
      <summary>
        <Icon name="right" />
        <h2>{t('device.other')}</h2>
        <span className="small muted">{t('device.otherHint', { n: facts.length })}</span>
      </summary>
      {groups.map(group => {
        const inside = facts.filter(fact => fact.group === group)
        if (inside.length === 0) return null
        return (
          <div key={group}>
            <h3>{t(`fact.group.${group}`)}</h3>
            <div className="three">
              {thirds(inside).map(part => (
                <Facts key={part[0]?.key ?? group} lines={factLines(voice, part, all)} />
              ))}
            </div>
          </div>
        )
      })}
    </details>
  )
}

function UnderWay({ device }: { device: string }) {
  const voice = useVoice()
  const { t } = voice
  const commands = useQuery(deviceCommandsQuery(device))
  const open = commands.data?.items.filter(command => !isOver(command.state)) ?? []
  if (open.length === 0) return null
  return (
    <Section id="under-way" title={t('device.underWay')}>
      <ul className="lines">
        {open.map(command => (
          <li key={command.id}>
            <Link to="/commands/$command" params={{ command: command.id }}>
              {kindWord(voice, command.kind)}
            </Link>
            <CommandStanding command={command} />
            <span className="small muted">{command.next ? t(`command.next.${command.next}`) : ''}</span>
            <Age at={command.createdAt} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Identifiers that tell a device apart; the others stand among its values. */
const identifierLabels: Record<string, string> = {
  udid: 'UDID',
  imei: 'IMEI',
  meid: 'MEID',
  'enrollment-id': 'ESID',
}

const pushTones: Record<string, ToneName> = { ready: 'ok', rejected: 'attention', dead: 'danger', none: 'none' }

function Management({ device }: { device: Device }) {
  const voice = useVoice()
  const { t } = voice
  const [editing, setEditing] = useState(false)
  const google = useQuery({ ...googleQuery(device.id), enabled: mayHaveAgent(device) })
  const byGoogle = (google.data?.standing ?? null) !== null
  return (
    <Section
      id="management"
      title={t('device.management')}
      by={
        <button type="button" className="link" onClick={() => setEditing(true)}>
          {t('device.edit')}
        </button>
      }
    >
      <div className="three">
        <Facts lines={ownLines(voice, device)} plain />
        <Facts lines={enrollmentLines(voice, device)} plain />
        <Facts lines={pushLines(voice, device, byGoogle)} plain />
      </div>
      {editing && <EditDevice device={device} onClose={() => setEditing(false)} />}
    </Section>
  )
}

function ownLines({ t }: Voice, device: Device): FactLine[] {
  const said = (kind: string) => kind === 'imei' && device.facts.some(fact => fact.key === 'cellular.imei')
  return [
    { key: 'unit', label: t('device.col.unit'), value: device.unit.path },
    {
      key: 'user',
      label: t('device.col.user'),
      value: device.user ? (
        <span lang={langOf(device.user.displayName)}>{device.user.displayName}</span>
      ) : (
        t('device.noUser')
      ),
    },
    { key: 'ownership', label: t('device.col.ownership'), value: t(`device.ownership.${device.ownership}`) },
    { key: 'asset', label: t('device.col.asset'), value: device.assetTag ?? '–', mono: device.assetTag !== null },
    ...device.identifiers
      .filter(
        identifier => identifier.current !== false && identifier.kind in identifierLabels && !said(identifier.kind),
      )
      .map(identifier => ({
        key: `${identifier.kind}${identifier.slot ?? ''}`,
        label: `${identifierLabels[identifier.kind]}${identifier.slot ? ` ${identifier.slot + 1}` : ''}`,
        value: identifier.value,
        mono: true,
      })),
  ]
}

function enrollmentLines({ t, f, has }: Voice, device: Device): FactLine[] {
  const enrollment = device.enrollments[0]
  if (!enrollment) return [{ key: 'none', label: t('device.enrollment'), value: t('device.noEnrollment') }]
  const kind = `enrollment.kind.${enrollment.kind}`
  const why = `enrollment.reason.${enrollment.endReason}`
  return [
    { key: 'state', label: t('device.enrollment'), value: t(`enrollment.state.${enrollment.state}`) },
    { key: 'kind', label: t('device.enrollmentKind'), value: has(kind) ? t(kind) : enrollment.kind },
    {
      key: 'since',
      label: t('device.since'),
      value: enrollment.startedAt === null ? '–' : f.dateTime(enrollment.startedAt),
    },
    ...(enrollment.endedAt ? [{ key: 'ended', label: t('device.ended'), value: f.dateTime(enrollment.endedAt) }] : []),
    ...(enrollment.endReason
      ? [{ key: 'why', label: t('device.endedWhy'), value: has(why) ? t(why) : enrollment.endReason }]
      : []),
    ...(enrollment.certificate
      ? [
          { key: 'identity', label: t('device.identity'), value: enrollment.certificate.serial, mono: true },
          { key: 'until', label: t('device.identityUntil'), value: f.date(enrollment.certificate.notAfter) },
        ]
      : []),
    { key: 'times', label: t('device.enrollments'), value: f.number(device.enrollments.length) },
  ]
}

function pushLines({ t, f }: Voice, device: Device, byGoogle: boolean): FactLine[] {
  const { push } = device
  if (!push) return []
  const contact = {
    key: 'contact',
    label: t('device.lastContactLabel'),
    value: <Age at={push.lastContactAt ?? device.lastSeenAt} ago focusable />,
  }
  // How our agent is woken stands with its channels, and Google wakes its own: neither has an address at a vendor.
  if (device.platform === 'android')
    return byGoogle ? [{ key: 'state', label: t('device.push'), value: t('device.push.google') }, contact] : [contact]
  return [
    {
      key: 'state',
      label: t('device.push'),
      value: <State tone={pushTones[push.state] ?? 'none'}>{t(`device.push.${push.state}`)}</State>,
    },
    ...(push.reason ? [{ key: 'reason', label: t('device.pushReason'), value: push.reason, mono: true }] : []),
    { key: 'pushed', label: t('device.lastPush'), value: <Age at={push.lastPushedAt} ago focusable /> },
    contact,
    { key: 'latency', label: t('device.latency'), value: push.latencyMs === null ? '–' : f.span(push.latencyMs) },
  ]
}
