import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { get } from '../../api.ts'
import type { ApplePush, Certificate } from '../../contract.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Icon } from '../../kit/Icon.tsx'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { Sentence, State } from '../../kit/State.tsx'
import { Custody } from './Custody.tsx'
import { PushUpload } from './PushUpload.tsx'
import { daysLeft, expiryTone, lapseWord, purposeWord } from './words.ts'

/** Everything this server holds that can expire, who answers for it, and how it is renewed. */
export function Certificates() {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow(60_000)
  const hash = useRouterState({ select: state => state.location.hash })
  const list = useQuery({
    queryKey: ['certificates', 'list'],
    queryFn: ({ signal }) => get<{ items: Certificate[] }>('/certificates', {}, signal),
  })
  const push = useQuery({
    queryKey: ['certificates', 'push'],
    queryFn: ({ signal }) => get<ApplePush>('/push/apple', {}, signal),
  })
  const rows = (list.data?.items ?? []).toSorted((a, b) => a.notAfter - b.notAfter)
  const [open, setOpen] = useState<string | null>(null)
  const shown = open ?? (hash || null)
  const toggle = (id: string) =>
    setOpen(shown === id || rows.some(row => placeOf(row) === id && row.id === shown) ? '' : id)
  return (
    <>
      <PageHead
        title={t('certificates.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('certificates.title') }]}
        lede={<StateOfAll rows={rows} push={push.data} now={now} />}
      />
      <div className="pad">
        <ProblemNote error={list.error ?? push.error} />
        {list.isPending && <Bones lines={6} label={t('kit.loading')} />}
      </div>
      {push.data?.state === 'missing' && (
        <div className="push-missing">
          <Section id="push" title={t('certificates.bringPush')}>
            <PushUpload push={push.data} devices={0} />
          </Section>
        </div>
      )}
      {rows.length > 0 && (
        <ListTable
          caption={t('certificates.caption')}
          rows={rows}
          keyOf={placeOf}
          columns={columnsOf(voice, now, shown, toggle)}
          below={row => (isShown(row, shown) ? <Panel certificate={row} push={push.data} /> : null)}
        />
      )}
      <p className="small muted pad foot-note">{t('certificates.foot', { n: f.number(rows.length) })}</p>
    </>
  )
}

/** The push certificate keeps its place when another takes it over, so that what is said about it stays. */
const placeOf = (row: Certificate): string => (row.renewable === 'upload' ? row.purpose : row.id)

/** An address names a certificate, a click its place. */
const isShown = (row: Certificate, shown: string | null): boolean =>
  shown !== null && (shown === row.id || shown === placeOf(row))

function StateOfAll({ rows, push, now }: { rows: Certificate[]; push: ApplePush | undefined; now: number }) {
  const voice = useVoice()
  const { t, f } = voice
  if (push?.state === 'missing') {
    return (
      <Sentence tone="attention">
        <b>{t('certificates.pushMissing')}</b> {t('certificates.pushMissingText')}
      </Sentence>
    )
  }
  const first = rows[0]
  if (!first) return null
  const tone = expiryTone(first.notAfter, now)
  const values = { what: purposeWord(voice, first.purpose), date: f.dateTime(first.notAfter), of: rows.length }
  if (tone === 'ok') {
    return (
      <Sentence tone="ok">
        <b>{t('certificates.fine')}</b> {t('certificates.fineText', values)}
      </Sentence>
    )
  }
  return (
    <Sentence tone={tone}>
      <b>{t('certificates.needsYou', values)}</b>{' '}
      {first.notAfter <= now ? t('certificates.needsYouOver', values) : t('certificates.needsYouText', values)}
    </Sentence>
  )
}

const rollTones = { ok: 'ok', attention: 'att', danger: 'bad' } as const

function columnsOf(
  voice: Voice,
  now: number,
  open: string | null,
  toggle: (id: string) => void,
): ListColumn<Certificate>[] {
  const { t, f } = voice
  const tone = (row: Certificate) => expiryTone(row.notAfter, now) as keyof typeof rollTones
  return [
    {
      id: 'what',
      head: t('certificates.credential'),
      width: 232,
      cell: row => (
        <button type="button" className="exp-b" aria-expanded={isShown(row, open)} onClick={() => toggle(placeOf(row))}>
          <Icon name={isShown(row, open) ? 'down' : 'right'} />
          {purposeWord(voice, row.purpose)}
        </button>
      ),
    },
    {
      id: 'owner',
      head: t('certificates.account'),
      width: 232,
      aside: true,
      cell: row =>
        row.account ??
        row.owner ?? (
          <span className="muted">
            {row.renewable === 'itself' ? t('certificates.thisServer') : t('certificates.nobody')}
          </span>
        ),
    },
    {
      id: 'days',
      head: t('certificates.days'),
      width: 80,
      num: true,
      cell: row => <State tone={tone(row)}>{f.number(daysLeft(row.notAfter, now))}</State>,
    },
    {
      id: 'year',
      head: t('certificates.ofYear'),
      width: 118,
      aside: true,
      cell: row => {
        const left = Math.min(365, daysLeft(row.notAfter, now))
        return (
          <span className="year">
            <Roll
              cells={20}
              shares={[
                { tone: rollTones[tone(row)], count: Math.max(1, left) },
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
      width: 120,
      num: true,
      aside: true,
      cell: row => f.date(row.notAfter, now),
    },
    { id: 'lapse', head: t('certificates.lapse'), aside: true, cell: row => lapseWord(voice, row.breaks) ?? '–' },
    {
      id: 'act',
      head: t('certificates.renewal'),
      width: 112,
      num: true,
      quiet: true,
      cell: row =>
        row.renewable === 'upload' ? (
          <Button
            size="sm"
            onClick={() => toggle(placeOf(row))}
            aria-label={t('certificates.renewLabel', { what: purposeWord(voice, row.purpose) })}
          >
            {t('certificates.renew')}
          </Button>
        ) : (
          <span className="small soft">
            {row.renewable === 'itself' ? t('certificates.byItself') : t('certificates.notRenewed')}
          </span>
        ),
    },
  ]
}

function Panel({ certificate, push }: { certificate: Certificate; push: ApplePush | undefined }) {
  return (
    <div className={certificate.purpose === 'apns' ? 'cust' : 'cust one'}>
      <Custody certificate={certificate} />
      {certificate.purpose === 'apns' && push && <PushUpload push={push} devices={certificate.breaks?.devices ?? 0} />}
    </div>
  )
}
