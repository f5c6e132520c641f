import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { problemOf, ProblemNote, sayProblem } from '../../kit/Problem.tsx'
import { countSelected, type Selection } from '../../kit/selection.ts'
import { State } from '../../kit/State.tsx'
import type { Leaves } from '../../contract/guard.ts'
import { kindWord } from '../commands/words.ts'
import { leavesOf } from '../guard/Leaves.tsx'
import { ReportMany } from '../incidents/ReportMany.tsx'
import { idsQuery } from './queries.ts'

/** Commands that make sense for many devices at once, the harmless first. */
const kinds = [
  'device.query',
  'security.query',
  'apps.query',
  'lock',
  'restart',
  'shutdown',
  'clear-passcode',
  'wipe',
] as const

/** Who can take a command and why the others cannot, as the server counts them. */
interface Split {
  id: string | null
  eligible: number
  refused: Record<string, number>
  leaves: Leaves
}

/** What can be done with the chosen rows: choose a command, see who can take it, look at the plan, then order it. */
export function SelectionBar(props: { selection: Selection; filter: string; total: number; onClear(): void }) {
  const voice = useVoice()
  const { t } = voice
  const [kind, setKind] = useState<string>(kinds[0])
  const [asking, setAsking] = useState(false)
  const count = countSelected(props.selection, props.total)
  const target = useTarget(props.selection, props.filter)
  const split = useQuery({
    queryKey: ['batch', kind, target],
    enabled: target !== null,
    queryFn: () => call<Split>('POST', '/command-batches', { body: { kind, ...target, dryRun: true } }),
    staleTime: 5000,
    placeholderData: previous => previous,
  })
  const send = useMutation({
    mutationFn: (reason: string) =>
      call<Split>('POST', '/command-batches', {
        body: { kind, ...target, args: {}, confirm: split.data?.eligible ?? 0, ...(reason ? { reason } : {}) },
      }),
    onSuccess: () => setAsking(false),
  })
  // What was counted for another choice is shown until the new count is there, but cannot be ordered.
  const eligible = split.isPlaceholderData ? 0 : (split.data?.eligible ?? 0)
  return (
    <section className="bulk" aria-label={t('devices.selection')}>
      <div className="bulk-l">
        <p>
          <b>{props.selection.all ? t('devices.selectedAll', { n: count }) : t('devices.selected', { n: count })}</b>{' '}
          <button type="button" className="link" onClick={props.onClear}>
            {t('devices.clear')}
          </button>
        </p>
        <p className="split" role="status">
          {send.data ? (
            <Sent batch={send.data.id} held={send.data.leaves.later} />
          ) : split.data ? (
            <Who split={split.data} />
          ) : split.error ? (
            <span>{sayProblem(voice, problemOf(split.error))}</span>
          ) : (
            t('batch.counting')
          )}
        </p>
      </div>
      <div className="acts">
        <label className="vh" htmlFor="batch-kind">
          {t('batch.command')}
        </label>
        <span className="pick pickcmd">
          <select
            id="batch-kind"
            className="in"
            value={kind}
            onChange={event => {
              setKind(event.target.value)
              send.reset()
            }}
          >
            {kinds.map(value => (
              <option key={value} value={value}>
                {kindWord(voice, value)}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
        <ReportMany target={target} count={count} onDone={props.onClear} />
        <Button variant="primary" disabled={eligible === 0} onClick={() => setAsking(true)}>
          {t('batch.preview', { n: eligible })}
        </Button>
      </div>
      {asking && split.data && (
        <Preview
          kind={kind}
          split={split.data}
          busy={send.isPending}
          error={send.error}
          onClose={() => setAsking(false)}
          onSend={send.mutate}
        />
      )}
    </section>
  )
}

/** Whom a batch is for, as the API takes it. All except some become a list, since a filter cannot say that; null while the list is read. */
function useTarget(selection: Selection, filter: string): { filter: string } | { devices: string[] } | null {
  const except = selection.all ? selection.except : null
  const all = useQuery({ ...idsQuery(filter), enabled: except !== null && except.size > 0 })
  if (except === null) return selection.all ? null : { devices: [...selection.ids] }
  if (except.size === 0) return { filter }
  return all.data ? { devices: all.data.filter(id => !except.has(id)) } : null
}

/** Why devices are left out, in words: the codes of the server are those of its refusals. */
function whyWord(voice: Voice, refused: Split['refused']): string {
  return voice.f.list(
    Object.entries(refused).map(([code, n]) => {
      const key = `problem.${code}`
      const words = voice.has(key) ? voice.t(key) : code
      return Object.keys(refused).length === 1 ? words : `${voice.f.number(n)}: ${words}`
    }),
  )
}

function Who({ split }: { split: Split }) {
  const voice = useVoice()
  const { t } = voice
  const cannot = Object.values(split.refused).reduce((sum, n) => sum + n, 0)
  return (
    <>
      <State tone="ok">{t('batch.can', { n: split.eligible })}</State>
      {cannot > 0 && (
        <State tone="attention">{t('batch.cannot', { n: cannot, why: whyWord(voice, split.refused) })}</State>
      )}
    </>
  )
}

function Sent({ batch, held }: { batch: string | null; held: number }) {
  const { t } = useVoice()
  return (
    <>
      <State tone="pending" icon="queued">
        {t('batch.sent')}
      </State>
      {held > 0 && (
        <Link to="/activity/held">
          {t('batch.held')} {t('held.see')}
        </Link>
      )}
      <Link to="/commands" search={{ filter: `batch:${batch}` }}>
        {t('batch.follow')}
      </Link>
    </>
  )
}

function Preview(props: {
  kind: string
  split: Split
  busy: boolean
  error: unknown
  onClose(): void
  onSend(reason: string): void
}) {
  const voice = useVoice()
  const { t, rich } = voice
  const [reason, setReason] = useState('')
  const { eligible: n, refused } = props.split
  const command = kindWord(voice, props.kind)
  const left = Object.values(refused).reduce((sum, count) => sum + count, 0)
  const leaves = leavesOf(voice, props.split.leaves)
  const why = (
    <TextField
      label={t('order.reason')}
      hint={t('order.reasonHint')}
      value={reason}
      onChange={event => setReason(event.target.value)}
    />
  )
  if (props.kind === 'wipe') {
    return (
      <ConfirmDestructive
        opened
        onClose={props.onClose}
        onConfirm={() => props.onSend(reason.trim())}
        title={t('batch.wipeTitle', { n })}
        action={t('batch.go', { command, n })}
        consequences={[
          ...leaves,
          ...(left > 0
            ? [{ tone: 'attention', word: t('batch.refused', { n: left }), text: whyWord(voice, refused) } as const]
            : []),
        ]}
        phrase={{ label: rich('batch.wipeType', { text: String(n) }), text: String(n) }}
        busy={props.busy}
        error={props.error}
        fields={why}
      >
        <p>{rich('batch.wipeText', {})}</p>
      </ConfirmDestructive>
    )
  }
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={t('batch.title', { command, n })}
      onSubmit={() => !props.busy && props.onSend(reason.trim())}
      actions={
        <>
          <KeepButton onClick={props.onClose}>{t('kit.cancel')}</KeepButton>
          <Button type="submit" variant="primary" busy={props.busy}>
            {t('batch.go', { command, n })}
          </Button>
        </>
      }
    >
      <p className="soft">{t('batch.text', { n })}</p>
      {(left > 0 || leaves.length > 0) && (
        <ul className="chk">
          {leaves.map(line => (
            <li key={line.word}>
              <State tone={line.tone}>{line.word}</State>
              <span>{line.text}</span>
            </li>
          ))}
          {left > 0 && (
            <li>
              <State tone="attention">{t('batch.refused', { n: left })}</State>
              <span>{whyWord(voice, refused)}</span>
            </li>
          )}
        </ul>
      )}
      {why}
      <ProblemNote error={props.error} />
    </Dialog>
  )
}
