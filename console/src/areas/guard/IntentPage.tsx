import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { IntentPageData } from '../../contract/guard.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { type FactLine, Facts } from '../../kit/Facts.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence, State } from '../../kit/State.tsx'
import { actorWord } from '../audit/words.tsx'
import { IntentActs } from './IntentActs.tsx'
import { guardQuery, intentDevicesQuery, intentQuery } from './queries.ts'
import { actionWord, intentStates, isOpen, waitsFor, whyWord } from './words.ts'
import '../../kit/css/guard.css'

/** One thing that is held: what exactly, why, what releases it, who agreed, and the ways to decide. */
export function IntentPage() {
  const voice = useVoice()
  const { t } = voice
  const { intent: id = '' } = useParams({ strict: false }) as { intent?: string }
  const found = useQuery(intentQuery(id))
  const crumbs = [
    { label: t('nav.activity'), to: '/activity' },
    { label: t('held.title'), to: '/activity/held' },
    { label: <span className="mono">{id.slice(0, 16)}</span> },
  ]
  const intent = found.data
  if (!intent) {
    return (
      <>
        <PageHead title={t('held.title')} crumbs={crumbs} />
        <div className="pad">
          {found.error ? <ProblemNote error={found.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return (
    <>
      <PageHead title={actionWord(voice, intent.action)} crumbs={crumbs} lede={<Standing intent={intent} />}>
        {isOpen(intent.state) && <IntentActs intent={intent} />}
      </PageHead>
      <div className="cols">
        <div>
          <Section id="exactly" title={t('held.exactly')}>
            <Facts plain lines={exactly(voice, intent)} />
          </Section>
          <Devices intent={intent} />
        </div>
        <aside>
          <Approvals intent={intent} />
        </aside>
      </div>
    </>
  )
}

/** How it stands and what happens next, in one sentence. */
function Standing({ intent }: { intent: IntentPageData }) {
  const voice = useVoice()
  const { t, f } = voice
  const guard = useQuery(guardQuery)
  const { state, sent, skipped, devices } = intent
  const proposal = intent.state === 'held' && intent.needs === 0
  const until = f.dateTime(intent.effectiveAt ?? intent.expiresAt)
  const say = (): string => {
    if (proposal) return t('held.sentence.proposal', { why: whyWord(voice, intent.why), until })
    if (state === 'held') {
      const values = { why: whyWord(voice, intent.why), for: waitsFor(voice, intent) }
      return t('held.sentence.held', { ...values, until: f.dateTime(intent.expiresAt) })
    }
    if (state === 'cooling') return t('held.sentence.cooling', { until, pace: guard.data?.means.approvedPerHour ?? 0 })
    if (state === 'released') return t('held.sentence.released', { sent, devices })
    if (state === 'done') return t('held.sentence.done', { sent, skipped })
    const values = { state: t(`held.state.${state}`), who: intent.endedBy?.name ?? 'none' }
    return t('held.sentence.over', { ...values, reason: intent.endedWhy ?? 'none' })
  }
  return <Sentence {...intentStates[state]}>{say()}</Sentence>
}

function exactly(voice: Voice, intent: IntentPageData): FactLine[] {
  const { t, f } = voice
  const lines: FactLine[] = [
    { key: 'action', label: t('held.action'), value: actionWord(voice, intent.action) },
    { key: 'impact', label: t('held.impact'), value: t(`held.impact.${intent.impact}`) },
    { key: 'devices', label: t('held.devices'), value: f.number(intent.devices) },
    { key: 'by', label: t('held.by'), value: actorWord(voice, intent.by) },
    { key: 'reason', label: t('held.reason'), value: intent.reason ?? t('held.noReason') },
    { key: 'since', label: t('held.since'), value: f.dateTime(intent.createdAt) },
    ...Object.entries(intent.summary ?? {}).map(([key, value]) => ({
      key,
      label: <span className="mono">{key}</span>,
      value: <span lang={langOf(String(value))}>{String(value)}</span>,
    })),
  ]
  return lines
}

function Devices({ intent }: { intent: IntentPageData }) {
  const voice = useVoice()
  const { t, f } = voice
  const list = useInfiniteQuery({ ...intentDevicesQuery(intent.id), enabled: intent.devices > 0 })
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const looks = { waiting: 'pending', sent: 'ok', skipped: 'attention' } as const
  return (
    <Section id="devices" title={t('held.devicesTitle')} hint={f.number(intent.devices)}>
      {intent.devices === 0 && <p className="soft">{t('held.devicesNone')}</p>}
      <ProblemNote error={list.error} />
      {rows.length > 0 && (
        <ListTable
          caption={t('held.devicesTitle')}
          rows={rows}
          keyOf={row => row.id}
          inset
          columns={[
            {
              id: 'name',
              head: t('admins.name'),
              cell: row => (
                <Link to="/devices/$device" params={{ device: row.id }} lang={langOf(row.name)}>
                  {row.name}
                </Link>
              ),
            },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 200,
              cell: row => (
                <State tone={looks[row.state]} quiet>
                  {t(`held.device.${row.state}`)}
                </State>
              ),
            },
            {
              id: 'why',
              head: t('held.whyNot'),
              aside: true,
              cell: row => (row.why === null ? '' : sayCode(voice, row.why)),
            },
          ]}
        />
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('kit.more')}
        </Button>
      )}
    </Section>
  )
}

/** A code of the server in its words. */
export function sayCode(voice: Voice, code: string): string {
  const key = `problem.${code}`
  return voice.has(key) ? voice.t(key) : code
}

function Approvals({ intent }: { intent: IntentPageData }) {
  const voice = useVoice()
  const { t, f } = voice
  const { signers } = intent
  const hint = intent.needs > 0 ? `${f.number(intent.approvals)} / ${f.number(intent.needs)}` : undefined
  return (
    <>
      <Section id="approvals" title={t('held.approvals')} hint={hint}>
        {intent.approvedBy.length === 0 && <p className="soft">{t('held.approvalsNone')}</p>}
        <ul className="guard-list">
          {intent.approvedBy.map(one => (
            <li key={`${one.id}${one.at}`}>
              <State tone={one.good ? 'ok' : 'none'} quiet>
                <span lang={langOf(one.name ?? '')}>{one.name ?? t('held.local')}</span>
              </State>{' '}
              <span className="small muted">
                <Age at={one.at} /> {one.good ? '' : t('held.approvalOld')}
              </span>
            </li>
          ))}
        </ul>
        {signers && (
          <p className="soft">
            {t('held.signers')}: {f.list(signers.map(one => one.name ?? one.id))}
          </p>
        )}
      </Section>
      {intent.hash && (
        <Section id="hash" title={t('held.hash')}>
          <p className="soft">{t('held.hashText')}</p>
          <p className="mono guard-hash">
            {intent.hash} <Copy text={intent.hash} label={t('held.hash')} />
          </p>
        </Section>
      )}
    </>
  )
}
