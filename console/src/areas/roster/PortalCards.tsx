import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Program } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { useAskedRenewal } from '../../kit/asked.ts'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { Standing } from './Standing.tsx'
import { PortalKeyDialog } from './PortalKeyDialog.tsx'
import { actsQuery, actTones, portalsQuery } from './portal.ts'
import { ChangeProgram, RemoveProgram } from './ProgramDialogs.tsx'
import { useSync } from './useSync.ts'

type Asking = { what: 'add' } | { what: 'renew' | 'change' | 'remove'; program: Program } | null

/** The API keys by which this server acts in the vendor's portal, below the programs that promise devices. */
export function PortalCards() {
  const { t } = useVoice()
  const can = useCan()
  const portals = useQuery(portalsQuery)
  const [asking, setAsking] = useState<Asking>(null)
  const [asked, clear] = useAskedRenewal()
  const close = () => {
    setAsking(null)
    clear()
  }
  const rows = portals.data?.items ?? []
  const renewed = can('roster:write') ? rows.find(row => row.id === asked) : undefined
  const add = can('roster:write') && (
    <Button icon="plus" size="sm" onClick={() => setAsking({ what: 'add' })}>
      {t('portalKey.add')}
    </Button>
  )
  return (
    <Section id="portals" title={t('portal.title')} hint={t('portal.hint')} by={rows.length > 0 && add}>
      <ProblemNote error={portals.error} />
      {portals.data && rows.length === 0 && (
        <Empty title={t('portal.none')} action={add}>
          {t('portal.noneText')}
        </Empty>
      )}
      {rows.map(program => (
        <PortalCard key={program.id} program={program} ask={setAsking} />
      ))}
      {asking?.what === 'add' && <PortalKeyDialog program={null} onClose={close} />}
      {asking?.what === 'renew' && <PortalKeyDialog program={asking.program} onClose={close} />}
      {asking === null && renewed && <PortalKeyDialog program={renewed} onClose={close} />}
      {asking?.what === 'change' && <ChangeProgram program={asking.program} onClose={close} />}
      {asking?.what === 'remove' && <RemoveProgram program={asking.program} onClose={close} />}
    </Section>
  )
}

function PortalCard({ program, ask }: { program: Program; ask(what: Asking): void }) {
  const { t } = useVoice()
  const mine = useCan()('roster:write')
  const acts = useQuery(actsQuery(program.id))
  const sync = useSync(program.id)
  const last = acts.data?.items[0]
  const line = (what: 'renew' | 'change' | 'remove', icon: 'key' | 'edit' | 'x') => ({
    key: what,
    icon,
    label: t(what === 'renew' ? 'portalKey.renew' : `programs.${what}`),
    apart: what === 'remove',
    onClick: () => ask({ what, program }),
  })
  return (
    <section className="program" aria-labelledby={`p-${program.id}`}>
      <div className="program-head">
        <h3 id={`p-${program.id}`} lang={langOf(program.name)} data-name>
          {program.name}
        </h3>
        {mine && (
          <span className="acts">
            <Button size="sm" busy={sync.isPending} onClick={() => sync.mutate()}>
              {t('programs.sync')}
            </Button>
            <ActionMenu
              small
              label={t('programs.menu', { name: program.name })}
              lines={[line('renew', 'key'), line('change', 'edit'), line('remove', 'x')]}
            />
          </span>
        )}
      </div>
      <Standing
        program={program}
        renew={t('portalKey.renew')}
        onRenew={mine ? () => ask({ what: 'renew', program }) : null}
      />
      <ProblemNote error={sync.error} />
      <p className="program-counts">
        <ButtonLink to={`/enrollment/portal/${program.id}`} size="sm">
          {t('portal.open')}
        </ButtonLink>
        {last && (
          <State tone={actTones[last.state]}>
            {t(`portalAct.what.${last.what}`)} · {t(`portalAct.state.${last.state}`)}
          </State>
        )}
      </p>
      <Facts
        plain
        lines={[
          { key: 'account', label: t('programs.account'), value: <span data-name>{program.account ?? '–'}</span> },
        ]}
      />
    </section>
  )
}
