import { useQuery } from '@tanstack/react-query'
import { useRouterState, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApplePush } from '../../contract.ts'
import type { Keeping } from '../../contract/custody.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { partsOfAddress } from '../../kit/address.ts'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Icon } from '../../kit/Icon.tsx'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { Sentence, State, type ToneName } from '../../kit/State.tsx'
import { addressWord, stateWord } from './custody-words.ts'
import { Custody } from './Custody.tsx'
import { custodyQuery, pushQuery } from './queries.ts'
import { Renewal } from './Renewal.tsx'
import { VendorForm } from './SignerForms.tsx'
import { daysLeft, expiryTone, lapseWord, purposeWord } from './words.ts'

/** Everything this server holds that can expire, who answers for it, and how it is renewed. */
export function Certificates() {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow(60_000)
  const hash = useRouterState({ select: state => state.location.hash })
  const list = useQuery(custodyQuery)
  const push = useQuery(pushQuery)
  const rows = list.data?.items ?? []
  const [open, setOpen] = useState<string | null>(null)
  const { renew } = useSearch({ strict: false }) as { renew?: string }
  const shown = open ?? (hash || renew || null)
  const toggle = (id: string) =>
    setOpen(shown === id || rows.some(row => placeOf(row) === id && row.ref === shown) ? '' : id)
  return (
    <>
      <PageHead
        title={t('certificates.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('certificates.title') }]}
        lede={<StateOfAll rows={rows} push={push.data} now={now} />}
      >
        <ButtonLink to="/settings/accounts">{t('accounts.title')}</ButtonLink>
        <ButtonLink to="/settings/setup-check">{t('setupCheck.title')}</ButtonLink>
      </PageHead>
      <div className="pad">
        <ProblemNote error={list.error ?? push.error} />
        {list.isPending && <Bones lines={6} label={t('kit.loading')} />}
      </div>
      {push.data?.state === 'missing' && (
        <div className="push-missing">
          <Section id="push" title={t('certificates.bringPush')}>
            <Renewal push={push.data} devices={0} />
          </Section>
        </div>
      )}
      {rows.length > 0 && (
        <ListTable
          caption={t('certificates.caption')}
          rows={rows}
          keyOf={placeOf}
          columns={columnsOf(voice, now, shown, toggle)}
          below={row => (isShown(row, shown) ? <Panel keeping={row} push={push.data} /> : null)}
        />
      )}
      <p className="small muted pad foot-note">{t('certificates.foot', { n: f.number(rows.length) })}</p>
    </>
  )
}

/** What is renewed by hand keeps its place when another takes it over, so that what is said about it stays. */
const placeOf = (row: Keeping): string => (row.what === 'push' ? `push ${row.topic}` : row.ref)

/** An address names one thing, a click its place; older addresses name the certificate behind it. */
const isShown = (row: Keeping, shown: string | null): boolean =>
  shown !== null && [row.ref, row.certificate, placeOf(row)].includes(shown)

function StateOfAll({ rows, push, now }: { rows: Keeping[]; push: ApplePush | undefined; now: number }) {
  const voice = useVoice()
  const { t, f } = voice
  if (push?.state === 'missing') {
    return (
      <Sentence tone="attention">
        <b>{t('certificates.pushMissing')}</b> {t('certificates.pushMissingText')}
      </Sentence>
    )
  }
  const first = rows.find(row => row.state !== 'good') ?? rows.find(row => row.endsAt !== null)
  if (!first || (first.endsAt === null && first.state !== 'troubled')) return null
  const due = rows.filter(row => row.state !== 'good').length
  const what = purposeWord(voice, first.kind, first.name)
  const values = { what, date: first.endsAt === null ? '' : f.dateTime(first.endsAt), of: rows.length, due }
  if (due === 0) {
    return (
      <Sentence tone="ok">
        <b>{t('certificates.fine')}</b> {t('certificates.fineText', values)}
      </Sentence>
    )
  }
  return (
    <Sentence tone={toneOf(first, now)}>
      <b>{t('certificates.needsYou', values)}</b>{' '}
      {first.state === 'troubled'
        ? t('certificates.needsYouTrouble', { what })
        : (first.endsAt ?? 0) <= now
          ? t('certificates.needsYouOver', values)
          : t('certificates.needsYouText', values)}
    </Sentence>
  )
}

const toneOf = (row: Keeping, now: number): ToneName =>
  row.state === 'troubled' ? 'danger' : row.endsAt === null ? 'none' : expiryTone(row.endsAt, now)

const rollTones = { ok: 'ok', attention: 'att', danger: 'bad' } as const

function columnsOf(
  voice: Voice,
  now: number,
  open: string | null,
  toggle: (id: string) => void,
): ListColumn<Keeping>[] {
  const { t, f } = voice
  const tone = (row: Keeping) => toneOf(row, now)
  return [
    {
      id: 'what',
      head: t('certificates.credential'),
      width: 264,
      wraps: true,
      cell: row => (
        <button type="button" className="exp-b" aria-expanded={isShown(row, open)} onClick={() => toggle(placeOf(row))}>
          <Icon name={isShown(row, open) ? 'down' : 'right'} />
          <span className="cut">{purposeWord(voice, row.kind, row.what === 'program' ? row.name : '')}</span>
        </button>
      ),
    },
    {
      id: 'owner',
      head: t('certificates.account'),
      width: 220,
      aside: true,
      cell: row => {
        const trouble = row.addresses.find(one => one.trouble !== null)
        const who = row.account ?? row.team ?? row.owner?.name
        if (who === undefined)
          return (
            <span className="muted">
              {row.renewable === 'upload' ? t('certificates.nobody') : t('certificates.thisServer')}
            </span>
          )
        if (!trouble?.trouble) return <span data-name>{who}</span>
        return (
          <span className="who-warned">
            <span data-name className="cut">
              {who}
            </span>
            <State tone={trouble.trouble === 'deactivated' ? 'danger' : 'attention'} quiet>
              {addressWord(voice, trouble.trouble)}
            </State>
          </span>
        )
      },
    },
    {
      id: 'days',
      head: t('certificates.days'),
      width: 96,
      num: true,
      cell: row =>
        row.state === 'troubled' ? (
          <State tone="danger">{stateWord(voice, row)}</State>
        ) : row.endsAt === null ? (
          <span className="muted">–</span>
        ) : (
          <State tone={tone(row)}>{f.number(daysLeft(row.endsAt, now))}</State>
        ),
    },
    {
      id: 'year',
      head: t('certificates.ofYear'),
      width: 112,
      aside: true,
      cell: row => {
        if (row.endsAt === null) return null
        const left = Math.min(365, daysLeft(row.endsAt, now))
        const shade = rollTones[tone(row) as keyof typeof rollTones] ?? 'ok'
        return (
          <span className="year">
            <Roll
              cells={20}
              shares={[
                { tone: shade, count: Math.max(1, left) },
                { tone: 'off', count: 365 - left },
              ]}
            />
          </span>
        )
      },
    },
    {
      id: 'expires',
      head: t('certificates.expires'),
      width: 112,
      num: true,
      aside: true,
      cell: row => (row.endsAt === null ? '–' : f.date(row.endsAt, now)),
    },
    {
      id: 'lapse',
      head: t('certificates.lapse'),
      aside: true,
      wraps: true,
      cell: row => lapseWord(voice, row.breaks) ?? '–',
    },
    {
      id: 'act',
      head: t('certificates.renewal'),
      width: 104,
      num: true,
      quiet: true,
      cell: row => <Act row={row} toggle={toggle} />,
    },
  ]
}

/** The one thing to do: renew it here, or in the room that has it. */
function Act({ row, toggle }: { row: Keeping; toggle(id: string): void }) {
  const voice = useVoice()
  const { t } = voice
  const label = t('certificates.renewLabel', { what: purposeWord(voice, row.kind, row.name) })
  if (row.renewable !== 'upload')
    return (
      <span className="small soft">
        {row.renewable === 'itself' ? t('certificates.byItself') : t('certificates.notRenewed')}
      </span>
    )
  if (row.what === 'program' || row.what === 'channel')
    return (
      <ButtonLink size="sm" {...partsOfAddress(row.renewAt ?? '/enrollment')} aria-label={label}>
        {t('certificates.renew')}
      </ButtonLink>
    )
  return (
    <Button size="sm" onClick={() => toggle(placeOf(row))} aria-label={label}>
      {t('certificates.renew')}
    </Button>
  )
}

function Panel({ keeping, push }: { keeping: Keeping; push: ApplePush | undefined }) {
  const current = keeping.what === 'push' && push !== undefined && push.topic === keeping.topic
  return (
    <div className={current ? 'cust' : 'cust one'}>
      <Custody keeping={keeping} />
      {keeping.what === 'vendor' && <VendorForm signer={undefined} signs={false} />}
      {current && <Renewal push={push} devices={keeping.breaks.devices} />}
    </div>
  )
}
