import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/reports.css'
import type { Comparison, PastPage as Past } from '../../contract/reports.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Facts, type FactLine } from '../../kit/Facts.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { sayItem } from '../../kit/values.tsx'
import { factLabel, factValue } from '../devices/facts.ts'
import { platformNames } from '../devices/words.ts'
import { compareQuery, pastQuery } from './queries.ts'
import { dayText, hereZone } from './zone.ts'

/** A device as it was at the end of a day; beside another day, what differs. Nothing can be done here: it is over. */
export function PastPage() {
  const { t, f } = useVoice()
  const { device: id = '' } = useParams({ strict: false }) as { device?: string }
  const [today] = useState(() => dayText(Date.now()))
  const { at = today, since = '' } = useSearch({ strict: false }) as { at?: string; since?: string }
  const navigate = useNavigate()
  const past = useQuery(pastQuery(id, at, hereZone))
  const go = (search: Record<string, string>) =>
    void navigate({ to: '/devices/$device/past', params: { device: id }, search, replace: true })
  const name = past.data?.device.name ?? id
  return (
    <>
      <PageHead
        title={t('past.title', { name })}
        heading={<h1 lang={langOf(name)}>{name}</h1>}
        crumbs={[
          { label: t('nav.devices'), to: '/devices' },
          { label: name, to: `/devices/${id}` },
          { label: t('past.crumb') },
        ]}
      />
      <div className="pad">
        <Note
          tone="attention"
          icon="pending"
          role="status"
          acts={
            <Link className="btn sm" to="/devices/$device" params={{ device: id }} search={{}}>
              {t('past.back')}
            </Link>
          }
        >
          {t('past.banner', { at: past.data ? f.dateTime(past.data.asOf) : at })}
        </Note>
        <div className="report-pair past-days">
          <TextField
            label={t('past.at')}
            type="date"
            max={today}
            value={at}
            onChange={e => e.target.value && go({ at: e.target.value, ...(since ? { since } : {}) })}
          />
          <TextField
            label={t('past.since')}
            hint={t('past.sinceHint')}
            type="date"
            max={at}
            value={since}
            onChange={e => go({ at, ...(e.target.value ? { since: e.target.value } : {}) })}
          />
        </div>
        {past.isPending && <Bones lines={8} label={t('kit.loading')} />}
        <ProblemNote error={past.error} />
        {past.data?.keptFrom && <p className="small muted">{t('past.kept', { at: f.dateTime(past.data.keptFrom) })}</p>}
      </div>
      {since !== '' && <Differences device={id} from={since} to={at} />}
      {past.data && <Was past={past.data} />}
    </>
  )
}

function Was({ past }: { past: Past }) {
  const voice = useVoice()
  const { t, f } = voice
  const { device } = past
  const line = (key: string, label: string, value: string | null): FactLine => ({ key, label, value: value ?? '–' })
  const row: FactLine[] = [
    line('state', t('past.field.state'), t(`device.state.${device.state}`)),
    line('user', t('past.field.user'), device.user?.displayName ?? null),
    line('unit', t('past.field.unit'), device.unit.path),
    line('ownership', t('past.field.ownership'), t(`device.ownership.${device.ownership}`)),
    line('os', t('past.field.os'), `${platformNames[device.platform]} ${device.osVersion ?? ''}`),
    line('model', t('past.field.model'), device.modelName ?? device.model),
    line('serial', t('past.field.serial'), device.serial),
    line('assetTag', t('past.field.assetTag'), device.assetTag),
    line('tags', t('past.field.tags'), device.tags.join(', ') || null),
    line('lastSeenAt', t('past.field.lastSeenAt'), device.lastSeenAt === null ? null : f.dateTime(device.lastSeenAt)),
  ]
  const facts = past.facts.map(fact => ({
    ...line(fact.key, factLabel(voice, fact.key), factValue(voice, fact.key, fact.value)),
    at: fact.at,
  }))
  return (
    <>
      <Section id="row" title={t('past.device')}>
        <div className="pad">
          <Facts plain lines={row} />
        </div>
      </Section>
      <Section id="items" title={t('past.items')}>
        {past.items.length === 0 ? (
          <Empty title={t('past.noItems')} />
        ) : (
          <ListTable
            caption={t('past.items')}
            rows={past.items}
            keyOf={item => `${item.account} ${item.item}`}
            columns={[
              { id: 'item', head: t('past.item'), cell: item => sayItem(voice, item.item) },
              {
                id: 'policy',
                head: t('past.policy'),
                cell: item => (
                  <span lang={langOf(item.policy.name)}>
                    {t('past.policyVersion', { name: item.policy.name, version: item.policy.version })}
                  </span>
                ),
              },
              { id: 'state', head: t('reports.state'), width: 150, cell: item => t(stateKey(item.state)) },
              { id: 'since', head: t('past.from'), width: 180, aside: true, cell: item => f.dateTime(item.since) },
            ]}
          />
        )}
      </Section>
      <Section id="facts" title={t('past.facts')} hint={t('past.factsHint')}>
        <div className="pad">{facts.length === 0 ? <Empty title={t('past.noFacts')} /> : <Facts lines={facts} />}</div>
      </Section>
    </>
  )
}

const states = ['pending', 'installed', 'failed', 'blocked', 'unsupported'] as const
const stateKey = (state: string) => `past.state.${states.find(s => s === state) ?? 'pending'}` as const

type Difference = Comparison['differences'][number]

function Differences(props: { device: string; from: string; to: string }) {
  const voice = useVoice()
  const { t, f } = voice
  const compared = useQuery(compareQuery(props.device, props.from, props.to, hereZone))
  const rows = compared.data?.differences ?? []
  const nameOf = (d: Difference): string => {
    if (d.part === 'fact') return factLabel(voice, d.key)
    if (d.part === 'item') return sayItem(voice, d.key)
    const key = `past.field.${d.key}`
    return voice.has(key) ? t(key) : d.key
  }
  const said = (d: Difference, value: Difference['before']): string => {
    if (value === null) return '–'
    if (d.part === 'item' && typeof value === 'object' && !Array.isArray(value))
      return t('past.itemValue', {
        state: t(stateKey(String(value['state']))),
        policy: String(value['policy'] ?? ''),
        version: Number(value['version'] ?? 0),
      })
    if (d.part === 'device' && /At$/.test(d.key) && typeof value === 'number') return f.dateTime(value)
    if (d.part === 'device' && d.key === 'state') return t(`device.state.${value as 'active'}`)
    return factValue(voice, d.key, value)
  }
  return (
    <Section id="differences" title={t('past.differences')}>
      <ProblemNote error={compared.error} />
      {compared.data && rows.length === 0 && <Empty title={t('past.same')} />}
      {rows.length > 0 && (
        <ListTable
          caption={t('past.differences')}
          rows={rows}
          keyOf={d => `${d.part} ${d.key}`}
          columns={[
            { id: 'what', head: t('past.what'), cell: nameOf },
            { id: 'before', head: t('past.before'), cell: d => said(d, d.before) },
            { id: 'after', head: t('past.after'), cell: d => said(d, d.after) },
          ]}
        />
      )}
    </Section>
  )
}
