import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Change } from '../../contract/changes.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { PreviewView } from '../../kit/Preview.tsx'
import { PreviewLicenses } from '../../kit/PreviewLicenses.tsx'
import { PreviewRemarks } from '../../kit/PreviewRemarks.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { sayInstant } from './ChangeList.tsx'
import { ChangeSide } from './ChangeSide.tsx'
import { Moves } from './Moves.tsx'
import { Progress, Strip } from './Numbers.tsx'
import { undoLeft } from './outlook.ts'
import { Passages } from './Passages.tsx'
import { changeQuery } from './queries.ts'
import { Reschedule } from './Reschedule.tsx'
import { UndoDialog } from './UndoDialog.tsx'
import { changeStates } from './words.ts'

/** One planned change: what it does in groups of the same effects, what speaks against it, who approves it, how it runs, and how far it is. */
export function ChangePage() {
  const { t } = useVoice()
  const { change: id = '' } = useParams({ strict: false }) as { change?: string }
  const found = useQuery(changeQuery(id))
  const crumbs = [
    { label: t('nav.people'), to: '/people' },
    { label: t('changes.title'), to: '/people/changes' },
  ]
  if (!found.data) {
    return (
      <>
        <PageHead title={t('changes.title')} crumbs={crumbs} />
        <div className="pad">
          {found.error ? <ProblemNote error={found.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  const change = found.data
  return (
    <>
      <PageHead
        title={change.name}
        crumbs={[...crumbs, { label: <span className="mono">{change.id}</span> }]}
        heading={<h1 lang={langOf(change.name)}>{change.name}</h1>}
        lede={<Standing change={change} />}
      >
        <Commands change={change} />
      </PageHead>
      <Numbers change={change} />
      <Reached change={change} />
      <div className="pl">
        <div className="pl-main">
          {change.computing ? (
            <div className="pad-block">
              <p className="soft" role="status">
                {t('preview.computing')}
              </p>
              <Bones lines={3} label={t('preview.computing')} />
            </div>
          ) : (
            <>
              <Passages change={change} />
              <ByDevice change={change} />
              <Moves change={change} />
            </>
          )}
        </div>
        <ChangeSide change={change} />
      </div>
    </>
  )
}

/** How the change is, in one sentence. */
function Standing({ change }: { change: Change }) {
  const voice = useVoice()
  const { rich, f } = voice
  const now = useNow()
  const left = undoLeft(change.undoUntil, now)
  const { stopped } = change
  return (
    <Sentence tone={changeStates[change.state].tone} icon={changeStates[change.state].icon}>
      {rich(`changes.sentence.${change.state}`, {
        when: sayInstant(voice, change),
        now: change.at === null ? 'yes' : 'no',
        done: change.done,
        moves: change.moves,
        failed: change.failed,
        undo: left === null ? 'no' : 'yes',
        until: change.undoUntil === null ? '' : f.dateTime(change.undoUntil),
      })}{' '}
      {stopped && sayStopped(voice, stopped)}
    </Sentence>
  )
}

/** Why it stopped by itself, or what was refused. */
function sayStopped(voice: Voice, { reason, facts }: NonNullable<Change['stopped']>): string {
  const key = [`stopped.${reason}`, `problem.${reason}`].find(one => voice.has(one))
  return key && voice.has(key) ? voice.tell(key, facts) : reason
}

function Commands({ change }: { change: Change }) {
  const { t } = useVoice()
  const can = useCan()
  const now = useNow(60_000)
  const [asking, setAsking] = useState<'date' | 'undo' | null>(null)
  if (!can('changes:write')) return null
  const open = change.state === 'draft' || change.state === 'planned'
  const undoable = ['done', 'stopped', 'watching', 'running'].includes(change.state)
  return (
    <>
      {open && <Button onClick={() => setAsking('date')}>{t('changes.reschedule')}</Button>}
      {undoable && undoLeft(change.undoUntil, now) !== null && (
        <Button icon="undo" onClick={() => setAsking('undo')}>
          {t('undo.open')}
        </Button>
      )}
      {asking === 'date' && <Reschedule change={change} onClose={() => setAsking(null)} />}
      {asking === 'undo' && (
        <UndoDialog of="changes" id={change.id} name={change.name} n={change.done} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

function Numbers({ change }: { change: Change }) {
  const { t, f } = useVoice()
  const { preview } = change
  return (
    <Strip
      cells={[
        { key: 'moves', label: t('changes.moves'), n: change.moves },
        ...(preview
          ? ([
              { key: 'devices', label: t('nav.devices'), n: preview.devices },
              { key: 'add', sign: 'add', label: t('plan.added'), n: preview.added },
              { key: 'change', sign: 'change', label: t('plan.changed'), n: preview.altered },
              { key: 'remove', sign: 'remove', label: t('plan.removed'), n: preview.removed },
              { key: 'same', label: t('plan.same'), n: preview.devices - preview.changed },
            ] as const)
          : []),
      ]}
      source={{
        label: t('plan.source'),
        text: (
          <>
            {change.source === 'import' && change.import ? (
              <Link to="/people/import/$import" params={{ import: change.import }}>
                {t('plan.source.import')}
              </Link>
            ) : (
              t(`plan.source.${change.source === 'hand' ? 'hand' : 'file'}`)
            )}
            <br />
            {change.by.name && <span lang={langOf(change.by.name)}>{change.by.name}, </span>}
            {f.dateTime(change.createdAt)}
          </>
        ),
      }}
    />
  )
}

/** How many moves are made, and how many of the devices have what they now should. */
function Reached({ change }: { change: Change }) {
  const { t } = useVoice()
  const { reach } = change
  const begun = !['draft', 'planned', 'canceled'].includes(change.state)
  if (!begun) return null
  return (
    <div className="pad plan-progress" aria-live="polite">
      <Progress
        label={t(change.state === 'undoing' || change.state === 'undone' ? 'plan.movesBack' : 'plan.movesMade')}
        done={change.done}
        failed={change.failed}
        of={change.moves}
      />
      {reach && reach.managed > 0 && (
        <Progress label={t('plan.devicesReached')} done={reach.reached} failed={reach.failed} of={reach.managed} />
      )}
    </div>
  )
}

/** The same by what changes, with the devices behind each line; and what speaks against it. */
function ByDevice({ change }: { change: Change }) {
  const { t } = useVoice()
  const { preview } = change
  if (!preview || preview.devices === 0) return null
  return (
    <div className="pad-block">
      <PreviewLicenses licenses={preview.licenses} />
      <PreviewRemarks preview={preview} />
      <details className="rest">
        <summary>
          <Icon name="right" />
          {t('plan.byDevice')}
        </summary>
        <div className="by-device">
          <PreviewView preview={preview} title={t('imports.effects')} open={1} />
        </div>
      </details>
    </div>
  )
}
