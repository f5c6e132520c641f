import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import '../../kit/css/escrow.css'
import type { CoverState, EscrowRules } from '../../contract/portal.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence, State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { PolicyNav } from '../policies/PolicyNav.tsx'
import { CoveredDevices } from './CoveredDevices.tsx'
import { coverageQuery, rulesQuery } from './queries.ts'
import { RemoveRule, RuleDialog } from './RuleDialogs.tsx'
import { sayKind } from './SecretsPanel.tsx'

export type Ruled = EscrowRules['items'][number]
type Asking = { what: 'add' } | { what: 'change' | 'remove'; ruled: Ruled } | null
interface Row extends Record<CoverState, number> {
  kind: string
}

/** What is demanded of the secrets of devices, unit by unit, and on how many devices it is so. */
export function RulesPage() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const rules = useQuery(rulesQuery)
  const coverage = useQuery(coverageQuery)
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const mine = can('devices:configure') && can('devices:secrets')
  const items = rules.data?.items ?? []
  const add = mine && (
    <Button icon="plus" variant={items.length === 0 ? 'primary' : 'default'} onClick={() => setAsking({ what: 'add' })}>
      {t('escrowRule.add')}
    </Button>
  )
  const devices = new Map(coverage.data?.rules.map(r => [r.unit, r.devices]))
  return (
    <>
      <PageHead
        title={t('escrowRule.title')}
        crumbs={[{ label: t('nav.policies'), to: '/policies' }, { label: t('escrowRule.title') }]}
        lede={t('escrowRule.lede')}
      >
        {items.length > 0 && add}
      </PageHead>
      <PolicyNav />
      <div className="pad tab-body">
        <ProblemNote error={rules.error ?? coverage.error} />
        {rules.isPending && <Bones lines={4} label={t('kit.loading')} />}
        {coverage.data && <Standing rows={coverage.data.kinds} />}
        {rules.data && items.length === 0 && (
          <Empty title={t('escrowRule.none')} action={add}>
            {t('escrowRule.noneText')}
          </Empty>
        )}
      </div>
      {items.length > 0 && (
        <Section id="escrow-rules" title={t('escrowRule.list')} hint={t('escrowRule.nearest')}>
          <ul className="kept">
            {items.map(row => (
              <RuleLine
                key={row.unit.id}
                ruled={row}
                devices={devices.get(row.unit.id) ?? 0}
                ask={mine ? setAsking : null}
              />
            ))}
          </ul>
        </Section>
      )}
      {coverage.data && coverage.data.kinds.length > 0 && <Coverage rows={coverage.data.kinds} />}
      {asking?.what === 'add' && rules.data && <RuleDialog rules={rules.data} ruled={null} onClose={close} />}
      {asking?.what === 'change' && rules.data && (
        <RuleDialog rules={rules.data} ruled={asking.ruled} onClose={close} />
      )}
      {asking?.what === 'remove' && <RemoveRule ruled={asking.ruled} onClose={close} />}
    </>
  )
}

function Standing({ rows }: { rows: readonly Row[] }) {
  const { t } = useVoice()
  const sum = (state: CoverState): number => rows.reduce((n, row) => n + row[state], 0)
  const [missing, waiting] = [sum('missing'), sum('waiting')]
  const tone = missing > 0 ? 'attention' : waiting > 0 ? 'pending' : 'ok'
  return (
    <Sentence tone={tone}>
      <b>{missing > 0 ? t('escrowRule.someMissing', { count: missing }) : t('escrowRule.noneMissing')}</b>{' '}
      {waiting > 0 && t('escrowRule.someWaiting', { count: waiting })}{' '}
      {t('escrowRule.someKept', { count: sum('kept') })}
    </Sentence>
  )
}

function RuleLine(props: { ruled: Ruled; devices: number; ask: ((what: Asking) => void) | null }) {
  const { t } = useVoice()
  const { ruled, devices, ask } = props
  const { name, path } = ruled.unit
  return (
    <li>
      <div className="kept-what">
        <b data-name>{path}</b>
        <span className="small muted">
          {t('escrowRule.holdsFor', { count: devices })} · <Age at={ruled.changedAt} focusable ago />
        </span>
      </div>
      <Demands ruled={ruled} />
      <div className="kept-acts">
        {ask && (
          <>
            <Button
              size="sm"
              aria-label={t('escrowRule.changeNamed', { name })}
              onClick={() => ask({ what: 'change', ruled })}
            >
              {t('escrowRule.change')}
            </Button>
            <Button
              size="sm"
              aria-label={t('escrowRule.removeNamed', { name })}
              onClick={() => ask({ what: 'remove', ruled })}
            >
              {t('escrowRule.remove')}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}

function Demands({ ruled: { rule } }: { ruled: Ruled }) {
  const voice = useVoice()
  const { t } = voice
  const lines = Object.entries(rule.kinds).map(([kind, { demand, everyDays }]) =>
    demand
      ? `${sayKind(voice, kind)} · ${everyDays === null ? t('escrowRule.once') : t('escrowRule.every', { days: everyDays })}`
      : `${sayKind(voice, kind)} · ${t('escrowRule.not')}`,
  )
  return (
    <ul className="escrow-demands">
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
      <li className="soft">{t('escrowRule.afterView', { minutes: rule.afterViewMinutes })}</li>
    </ul>
  )
}

function Coverage({ rows }: { rows: readonly Row[] }) {
  const voice = useVoice()
  const { t } = voice
  const [open, setOpen] = useState<{ kind: string; state: CoverState } | null>(null)
  const number = (state: CoverState): ListColumn<Row> => ({
    id: state,
    head: t(`escrowRule.cover.${state}`),
    num: true,
    width: 90,
    cell: row => {
      const now = open?.kind === row.kind && open.state === state
      if (row[state] === 0) return <span className="soft">0</span>
      return (
        <Button
          size="sm"
          aria-expanded={now}
          aria-label={`${sayKind(voice, row.kind)}: ${t(`escrowRule.cover.${state}`)}, ${row[state]}`}
          onClick={() => setOpen(now ? null : { kind: row.kind, state })}
        >
          {row[state]}
        </Button>
      )
    },
  })
  return (
    <Section id="escrow-cover" title={t('escrowRule.coverage')} hint={t('escrowRule.coverageHint')}>
      <ListTable
        caption={t('escrowRule.coverage')}
        rows={rows}
        keyOf={row => row.kind}
        columns={[
          {
            id: 'kind',
            head: t('escrowRule.kind'),
            cell: row => (
              <span className="kept-how">
                <State tone={row.missing > 0 ? 'attention' : row.waiting > 0 ? 'pending' : 'ok'}>
                  {sayKind(voice, row.kind)}
                </State>
              </span>
            ),
          },
          number('kept'),
          { ...number('waiting'), aside: true },
          number('missing'),
        ]}
        below={row => (open?.kind === row.kind ? <CoveredDevices kind={row.kind} state={open.state} /> : null)}
      />
    </Section>
  )
}
