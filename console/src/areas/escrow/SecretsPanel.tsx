import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import '../../kit/css/escrow.css'
import { call } from '../../api.ts'
import type { Device } from '../../contract.ts'
import type { EscrowEntry, EscrowListed } from '../../contract/escrow.ts'
import { type Voice, useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Bones, Empty } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { secretsQuery } from './queries.ts'
import { RevealDialog } from './RevealDialog.tsx'

const tones: Readonly<Record<EscrowListed['state'], ToneName>> = {
  current: 'ok',
  pending: 'pending',
  past: 'none',
  none: 'none',
}

/** What a kind of secret is called. */
export function sayKind({ t, has }: Voice, kind: string): string {
  const key = `escrow.kind.${kind}`
  return has(key) ? t(key) : kind
}

/** Every secret that is kept of a device: how it stands, who looked, what happens to it next, and all there were before. */
export function SecretsPanel({ device }: { device: Device }) {
  const { t } = useVoice()
  const secrets = useQuery(secretsQuery(device.id))
  const [revealing, setRevealing] = useState<{ kind: string; id?: string } | null>(null)
  if (secrets.isPending) return <Bones lines={3} label={t('kit.loading')} />
  const items = secrets.data?.items ?? []
  return (
    <>
      <ProblemNote error={secrets.error} />
      {items.length === 0 && !secrets.error && <Empty title={t('escrow.nothing')}>{t('escrow.nothingText')}</Empty>}
      <ul className="kept">
        {items.map(listed => (
          <Kept
            key={listed.kind}
            device={device}
            listed={listed}
            onReveal={id => setRevealing({ kind: listed.kind, ...id })}
          />
        ))}
      </ul>
      {revealing && <RevealDialog device={device} {...revealing} onClose={() => setRevealing(null)} />}
    </>
  )
}

function Kept(props: { device: Device; listed: EscrowListed; onReveal(of: { id?: string }): void }) {
  const { device, listed } = props
  const voice = useVoice()
  const { t, has } = voice
  const can = useCan()
  const client = useQueryClient()
  const replace = useMutation({
    mutationFn: () => call<EscrowListed>('POST', `/devices/${device.id}/secrets/${listed.kind}/replace`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device', device.id] }),
  })
  const name = sayKind(voice, listed.kind)
  const about = `escrow.about.${listed.kind}`
  const best = listed.entries.find(e => e.state === 'current') ?? listed.entries[0]
  const may = can('devices:secrets')
  return (
    <li>
      <div className="kept-what">
        <b>{name}</b>
        {has(about) && <span className="small muted">{t(about)}</span>}
      </div>
      <div className="kept-how">
        <State tone={listed.state === 'none' && listed.demanded ? 'attention' : tones[listed.state]}>
          {t(`escrow.state.${listed.state}`)}
        </State>
        {best && <Age at={best.toldAt ?? best.since} focusable ago />}
        <Seen entries={listed.entries} shown={listed.shown} />
        <Turn listed={listed} />
        <ProblemNote error={replace.error} />
      </div>
      <div className="kept-acts">
        {may && listed.shown && best && (
          <Button size="sm" icon="eye" aria-label={t('escrow.showNamed', { name })} onClick={() => props.onReveal({})}>
            {t('escrow.show')}
          </Button>
        )}
        {may && listed.renewable && (
          <Button
            size="sm"
            busy={replace.isPending}
            aria-label={best ? t('escrow.replaceNamed', { name }) : `${t('escrow.ask')}: ${name}`}
            onClick={() => replace.mutate()}
          >
            {best ? t('escrow.replace') : t('escrow.ask')}
          </Button>
        )}
      </div>
      {listed.entries.length > 1 && <History listed={listed} may={may} onReveal={props.onReveal} />}
    </li>
  )
}

function Seen({ entries, shown }: { entries: readonly EscrowEntry[]; shown: boolean }) {
  const { t } = useVoice()
  const last = entries.filter(e => e.viewedAt !== null).sort((a, b) => (b.viewedAt ?? 0) - (a.viewedAt ?? 0))[0]
  if (!shown || entries.length === 0) return null
  if (!last) return <span className="small muted">{t('escrow.never')}</span>
  return (
    <span className="small">
      <span data-name>{t('escrow.seen', { name: last.viewedBy?.name ?? t('escrow.someone') })}</span>{' '}
      <Age at={last.viewedAt} focusable ago />
    </span>
  )
}

/** What is to happen to it next, and what stands against it. */
function Turn({ listed: { turn } }: { listed: EscrowListed }) {
  const voice = useVoice()
  const { t, f, has } = voice
  if (!turn) return null
  const why = `escrow.turn.${turn.why}`
  const problem = `problem.${turn.problem ?? ''}`
  const next = turn.askedAt === null ? t('escrow.turn.when', { when: f.dateTime(turn.dueAt) }) : t('escrow.turn.waits')
  return (
    <State tone={turn.problem === null ? 'pending' : 'attention'}>
      {has(why) ? t(why) : ''} · {has(problem) ? t(problem) : next}
    </State>
  )
}

function History(props: { listed: EscrowListed; may: boolean; onReveal(of: { id: string }): void }) {
  const voice = useVoice()
  const { t, f } = voice
  const { listed } = props
  const name = sayKind(voice, listed.kind)
  return (
    <details className="kept-past">
      <summary>{t('escrow.history', { count: listed.entries.length })}</summary>
      <ul className="lines secrets">
        {listed.entries.map(entry => (
          <li key={entry.id}>
            <span>{f.dateTime(entry.createdAt)}</span>
            <span>{entry.state === 'past' ? t('escrow.entry.past') : t(`escrow.state.${entry.state}`)}</span>
            {props.may && listed.shown && (
              <Button
                size="sm"
                icon="eye"
                aria-label={`${t('escrow.showNamed', { name })}, ${f.dateTime(entry.createdAt)}`}
                onClick={() => props.onReveal({ id: entry.id })}
              >
                {t('escrow.show')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
