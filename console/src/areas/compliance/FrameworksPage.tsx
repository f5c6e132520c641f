import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/compliance.css'
import { call } from '../../api.ts'
import type { Rule, Template } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments, SelectField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, State } from '../../kit/State.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { useCan, useSession } from '../../session.tsx'
import { ComplianceNav } from './ComplianceNav.tsx'
import { Foreseen, useForecast } from './Foreseen.tsx'
import { SeverityMark } from './marks.tsx'
import { foresee, templatesQuery } from './queries.ts'

const shows = ['all', 'gaps', 'adopted'] as const
type Show = (typeof shows)[number]

/** Rules of the product's own, with the controls they serve: which are in use, which are gaps, and many adopted at once. */
export function FrameworksPage() {
  const { t } = useVoice()
  const templates = useQuery(templatesQuery)
  return (
    <>
      <PageHead
        title={t('frameworks.title')}
        crumbs={[{ label: t('compliance.title'), to: '/reports/compliance' }, { label: t('frameworks.title') }]}
        lede={t('frameworks.lede')}
      />
      <ComplianceNav />
      <div className="pad below-tabs">
        <Note tone="info">
          <p>{t('frameworks.note')}</p>
        </Note>
        <ProblemNote error={templates.error} />
        {templates.isPending && <Bones lines={6} label={t('kit.loading')} />}
      </div>
      {templates.data && <Table all={templates.data.items} />}
    </>
  )
}

function Table({ all }: { all: Template[] }) {
  const { t } = useVoice()
  const can = useCan()
  const locale = useSession().admin.locale
  const [system, setSystem] = useState<Template['of']>('ios')
  const [show, setShow] = useState<Show>('all')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const of = all.filter(one => one.of === system)
  const adopted = of.filter(one => one.rules.length > 0).length
  const rows = of.filter(one => show === 'all' || one.rules.length > 0 === (show === 'adopted'))
  const open = rows.filter(one => one.rules.length === 0)
  const may = can('compliance:write')
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter(x => x !== id) : [...chosen, id])
  return (
    <>
      <div className="frame-acts">
        <Segments
          label={t('frameworks.system')}
          value={system}
          onChange={next => {
            setSystem(next)
            setChosen([])
          }}
          options={[
            { value: 'ios', label: 'iOS, iPadOS' },
            { value: 'macos', label: 'macOS' },
            { value: 'android', label: 'Android' },
          ]}
        />
        <Segments
          label={t('frameworks.show')}
          value={show}
          onChange={next => setShow(shows.find(s => s === next) ?? 'all')}
          options={shows.map(value => ({
            value,
            label: t(`frameworks.show.${value}`),
          }))}
        />
        <span className="soft">{t('frameworks.inUse', { n: adopted, of: of.length })}</span>
        {may && open.length > 0 && (
          <Button size="sm" onClick={() => setChosen(chosen.length === open.length ? [] : open.map(one => one.id))}>
            {t(chosen.length === open.length ? 'frameworks.chooseNone' : 'frameworks.chooseAll')}
          </Button>
        )}
      </div>
      {may && chosen.length > 0 && <Adopt chosen={chosen} onDone={() => setChosen([])} />}
      <ListTable
        caption={t('frameworks.title')}
        rows={rows}
        keyOf={row => row.id}
        columns={[
          {
            id: 'title',
            head: t('frameworks.rule'),
            cell: row =>
              may && row.rules.length === 0 ? (
                <label className="ck">
                  <input
                    type="checkbox"
                    className="box"
                    checked={chosen.includes(row.id)}
                    onChange={() => toggle(row.id)}
                  />
                  <span>{row.title[locale]}</span>
                </label>
              ) : (
                <span>{row.title[locale]}</span>
              ),
          },
          {
            id: 'state',
            head: t('frameworks.inUseHead'),
            width: 150,
            cell: row => {
              const [rule] = row.rules
              return rule ? (
                <Link to="/reports/rules/$rule" params={{ rule: rule.id }}>
                  <State tone="ok">{t('frameworks.adopted')}</State>
                </Link>
              ) : (
                <State tone="none">{t('frameworks.gap')}</State>
              )
            },
          },
          {
            id: 'severity',
            head: t('rules.severity'),
            width: 110,
            aside: true,
            cell: row => <SeverityMark severity={row.severity} />,
          },
          { id: 'cis', head: 'CIS', width: 110, aside: true, cell: row => <Ids of={row.controls.cis} /> },
          { id: 'iso', head: 'ISO 27001', width: 130, cell: row => <Ids of={row.controls.iso} /> },
          { id: 'nist', head: 'NIST 800-53', width: 160, aside: true, cell: row => <Ids of={row.controls.nist} /> },
        ]}
      />
    </>
  )
}

function Ids({ of }: { of: string[] }) {
  return <span className="mono small">{of.length === 0 ? '–' : of.join(' ')}</span>
}

function Adopt({ chosen, onDone }: { chosen: readonly string[]; onDone(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const scope = useScope()
  const language = useSession().admin.locale
  const [picked, setPicked] = useState('')
  const unit = picked || (scope.unit?.id ?? units.data?.[0]?.id ?? '')
  const body = { templates: chosen, unit, language }
  const foreseen = useForecast(unit === '' ? null : JSON.stringify(body), signal =>
    foresee('POST', '/rules/adopt', body, signal),
  )
  const adopt = useMutation({
    mutationFn: () => call<{ items: Rule[] }>('POST', '/rules/adopt', { body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['compliance'] })
      onDone()
    },
  })
  return (
    <section className="pad" aria-label={t('frameworks.adoptTitle')}>
      <div className="frame-acts">
        <SelectField
          label={t('rules.unit')}
          value={unit}
          onChange={event => setPicked(event.target.value)}
          options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
        />
        <Button variant="primary" busy={adopt.isPending} onClick={() => adopt.mutate()}>
          {t('frameworks.adopt', { n: chosen.length })}
        </Button>
      </div>
      <ProblemNote error={adopt.error} />
      <Foreseen {...foreseen} />
    </section>
  )
}
