import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/licenses.css'
import { call } from '../../api.ts'
import type { License, Seat } from '../../contract/licenses.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, State, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { Standing } from './LicensesPage.tsx'
import { licenseQuery, seatsQuery } from './queries.ts'

const states = ['', 'held', 'unused', 'wanted', 'asked', 'refused', 'returning'] as const
const tones: Record<Seat['state'], ToneName> = {
  held: 'ok',
  wanted: 'pending',
  asked: 'pending',
  returning: 'pending',
  refused: 'danger',
}

/** One license: its numbers, who has a seat, who waits and why, and taking back what nobody uses. */
export function LicensePage() {
  const voice = useVoice()
  const { t, f } = voice
  const { license: id } = useParams({ strict: false })
  const [state, setState] = useState<(typeof states)[number]>('')
  const one = useQuery(licenseQuery(id ?? ''))
  const seats = useInfiniteQuery(seatsQuery(id ?? '', state))
  const rows = seats.data?.pages.flatMap(page => page.items) ?? []
  const license = one.data
  const name = license
    ? license.name === ''
      ? t('licenses.nameless', { product: license.product, number: license.storeId })
      : license.name
    : t('licenses.title')
  return (
    <>
      <PageHead
        title={name}
        heading={<h1 lang="en">{name}</h1>}
        crumbs={[
          { label: t('licenses.apps'), to: '/apps' },
          { label: t('licenses.title'), to: '/apps/licenses' },
        ]}
        lede={license && <Standing row={license} />}
      >
        {license && <Acts license={license} />}
      </PageHead>
      <div className="pad tab-body">
        <ProblemNote error={one.error ?? seats.error} />
        {license && (
          <p>
            {t('licenses.sentence', {
              total: license.total,
              assigned: license.assigned,
              free: license.free,
              unused: license.seats.unused,
            })}{' '}
            <span className="muted">
              {t('licenses.counted')} <Age at={license.syncedAt} />
            </span>
          </p>
        )}
        {license && !license.revocable && <Note tone="info">{t('licenses.notRevocable')}</Note>}
        {license && !license.toDevices && <Note tone="info">{t('licenses.peopleOnly')}</Note>}
      </div>
      <Section id="seats" title={t('licenses.who')}>
        <div className="license-find">
          <SelectField
            label={t('licenses.state')}
            value={state}
            onChange={event => setState(states.find(s => s === event.target.value) ?? '')}
            options={states.map(value => ({
              value,
              label: value === '' ? t('licenses.all') : t(`licenses.seat.${value}`),
            }))}
          />
        </div>
        {seats.isPending && <Bones lines={6} label={t('kit.loading')} />}
        {seats.data && rows.length === 0 && <Empty title={t('licenses.noSeats')}>{t('licenses.noSeatsText')}</Empty>}
        {rows.length > 0 && (
          <ListTable
            caption={t('licenses.who')}
            rows={rows}
            keyOf={row => row.id}
            columns={[
              { id: 'who', head: t('licenses.holder'), cell: row => <Holder seat={row} /> },
              {
                id: 'state',
                head: t('licenses.state'),
                cell: row => (
                  <>
                    <State tone={row.state === 'held' && !row.wished ? 'attention' : tones[row.state]}>
                      {t(row.state === 'held' && !row.wished ? 'licenses.seat.unused' : `licenses.seat.${row.state}`)}
                    </State>
                    {row.reason !== null && <p className="small soft">{sayReason(voice, row.reason)}</p>}
                  </>
                ),
              },
              { id: 'at', head: t('licenses.since'), width: 150, aside: true, cell: row => <Age at={row.at} /> },
            ]}
          />
        )}
        {seats.hasNextPage && (
          <p className="pad">
            <Button busy={seats.isFetchingNextPage} onClick={() => void seats.fetchNextPage()}>
              {t('licenses.more')}
            </Button>
          </p>
        )}
        <p className="vh" role="status">
          {f.number(rows.length)}
        </p>
      </Section>
    </>
  )
}

function Acts({ license }: { license: License }) {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (what: 'reclaim' | 'retry') => call('POST', `/licenses/${license.id}/${what}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['licenses'] }),
  })
  if (!can('apps:write')) return null
  const { unused, refused } = license.seats
  return (
    <>
      <ProblemNote error={act.error} />
      {refused > 0 && (
        <Button busy={act.isPending} onClick={() => act.mutate('retry')}>
          {t('licenses.retry')}
        </Button>
      )}
      {unused > 0 && license.revocable && (
        <Button busy={act.isPending} onClick={() => act.mutate('reclaim')}>
          {t('licenses.reclaim', { n: unused })}
        </Button>
      )}
    </>
  )
}

function Holder({ seat }: { seat: Seat }) {
  const { t } = useVoice()
  const { kind, id, name, known, invite } = seat.holder
  const shown = name ?? known ?? ''
  return (
    <>
      {id !== null && kind === 'device' && (
        <Link to="/devices/$device" params={{ device: id }} lang="en">
          {shown}
        </Link>
      )}
      {id !== null && kind === 'user' && (
        <Link to="/people/$user" params={{ user: id }} lang="en">
          {shown}
        </Link>
      )}
      {id === null && (known === null ? t('licenses.hidden') : <span className="mono">{known}</span>)}
      {id !== null && known !== null && kind === 'device' && <p className="small mono muted">{known}</p>}
      {invite !== null && (
        <p className="small">
          {t('licenses.invite')} <Copy text={invite} label={t('licenses.copyInvite')} />
        </p>
      )}
    </>
  )
}

/** Why a seat is where it is. */
function sayReason({ t, has }: Voice, reason: string): string {
  const [code = '', number = ''] = reason.split(':')
  const key = `licenses.why.${code}`
  return has(key) ? t(key, { number }) : reason
}
