import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import '../../kit/css/roster.css'
import type { Program } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { useAskedRenewal } from '../../kit/asked.ts'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { EnrollNav } from '../enrollment/EnrollNav.tsx'
import { PortalCards } from './PortalCards.tsx'
import { Standing } from './Standing.tsx'
import { ChangeProgram, RemoveProgram } from './ProgramDialogs.tsx'
import { programsQuery, setupsQuery } from './queries.ts'
import { TokenDialog } from './TokenDialog.tsx'
import { useSync } from './useSync.ts'

type Asking = { what: 'add' } | { what: 'renew' | 'change' | 'remove'; program: Program } | null

/** The accounts at vendors that promise devices: how each stands and what to do next. */
export function ProgramsPage() {
  const { t } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState<Asking>(null)
  const programs = useQuery(programsQuery)
  // Programs at Google have a page of their own.
  const rows = programs.data?.items.filter(one => one.platform !== 'android') ?? []
  const [asked, clear] = useAskedRenewal()
  const renewed = can('roster:write') ? rows.find(row => row.id === asked) : undefined
  const close = () => {
    setAsking(null)
    clear()
  }
  const add = can('roster:write') && (
    <Button icon="plus" variant={rows.length === 0 ? 'primary' : 'default'} onClick={() => setAsking({ what: 'add' })}>
      {t('programs.add')}
    </Button>
  )
  return (
    <>
      <PageHead
        title={t('roster.automated')}
        crumbs={[
          { label: t('nav.devices'), to: '/devices' },
          { label: t('enroll.title'), to: '/enrollment' },
          { label: t('roster.automated') },
        ]}
        lede={t('programs.lede')}
      >
        {rows.length > 0 && add}
      </PageHead>
      <EnrollNav />
      <div className="pad tab-body">
        <ProblemNote error={programs.error} />
        {programs.isPending && <Bones lines={6} label={t('kit.loading')} />}
        {programs.data && rows.length === 0 && (
          <Empty title={t('programs.none')} action={add}>
            {t('programs.noneText')}
          </Empty>
        )}
        {rows.map(program => (
          <ProgramCard key={program.id} program={program} ask={setAsking} />
        ))}
      </div>
      <PortalCards />
      {asking?.what === 'add' && <TokenDialog program={null} onClose={close} />}
      {asking?.what === 'renew' && <TokenDialog program={asking.program} onClose={close} />}
      {asking === null && renewed && <TokenDialog program={renewed} onClose={close} />}
      {asking?.what === 'change' && <ChangeProgram program={asking.program} onClose={close} />}
      {asking?.what === 'remove' && <RemoveProgram program={asking.program} onClose={close} />}
    </>
  )
}

function ProgramCard({ program, ask }: { program: Program; ask(what: Asking): void }) {
  const { t, f } = useVoice()
  const can = useCan()
  const sync = useSync(program.id)
  const { counts } = program
  const mine = can('roster:write')
  return (
    <section className="program" aria-labelledby={`p-${program.id}`}>
      <div className="program-head">
        <h2 id={`p-${program.id}`} lang={langOf(program.name)} data-name>
          {program.name}
        </h2>
        {mine && (
          <span className="acts">
            <Button size="sm" busy={sync.isPending} onClick={() => sync.mutate()}>
              {t('programs.sync')}
            </Button>
            <ActionMenu
              small
              label={t('programs.menu', { name: program.name })}
              lines={[
                {
                  key: 'renew',
                  icon: 'key',
                  label: t('programs.renew'),
                  onClick: () => ask({ what: 'renew', program }),
                },
                {
                  key: 'change',
                  icon: 'edit',
                  label: t('programs.change'),
                  onClick: () => ask({ what: 'change', program }),
                },
                {
                  key: 'remove',
                  icon: 'x',
                  label: t('programs.remove'),
                  apart: true,
                  onClick: () => ask({ what: 'remove', program }),
                },
              ]}
            />
          </span>
        )}
      </div>
      <Standing
        program={program}
        renew={t('programs.renew')}
        onRenew={mine ? () => ask({ what: 'renew', program }) : null}
      />
      <ProblemNote error={sync.error} />
      {program.setup === null && (
        <Note
          tone="attention"
          acts={
            mine && (
              <Button size="sm" onClick={() => ask({ what: 'change', program })}>
                {t('programs.choose')}
              </Button>
            )
          }
        >
          <p>{t('programs.noSetup')}</p>
        </Note>
      )}
      <Refused program={program} />
      <p className="program-counts">
        <ButtonLink to="/enrollment/promised" search={{ filter: `program:"${program.id}"` }} size="sm">
          {t('programs.devices', { n: counts.promised + counts.enrolled })}
        </ButtonLink>
        <span className="soft">{t('programs.enrolled', { n: counts.enrolled })}</span>
        {counts.waiting > 0 && <span className="soft">{t('programs.waiting', { n: counts.waiting })}</span>}
        {counts.failed > 0 && <span className="bad-word">{t('programs.failed', { n: counts.failed })}</span>}
      </p>
      <Facts
        plain
        lines={[
          { key: 'org', label: t('programs.org'), value: <span data-name>{program.orgName ?? '–'}</span> },
          { key: 'account', label: t('programs.account'), value: <span data-name>{program.account ?? '–'}</span> },
          {
            key: 'end',
            label: t('programs.expires'),
            value: program.expiresAt === null ? '–' : f.day(program.expiresAt),
          },
          { key: 'setup', label: t('programs.setup'), value: <span data-name>{program.setup?.name ?? '–'}</span> },
          { key: 'unit', label: t('programs.unit'), value: <span data-name>{program.unit.path}</span> },
        ]}
      />
    </section>
  )
}

function Refused({ program }: { program: Program }) {
  const { t } = useVoice()
  const setups = useQuery(setupsQuery)
  const names = new Map(setups.data?.items.map(s => [s.id, s.name]))
  return (program.facts.refusedSetups ?? []).map(({ setup, text }) => (
    <Note
      key={setup}
      tone="danger"
      acts={
        <ButtonLink size="sm" to={`/enrollment/setups/${setup}`}>
          {t('programs.openSetup')}
        </ButtonLink>
      }
    >
      <p>
        {t('programs.setupRefused', { name: names.get(setup) ?? '' })}{' '}
        <span className="mono" lang="en">
          {text}
        </span>
      </p>
    </Note>
  ))
}
