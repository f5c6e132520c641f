import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Import } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { useNow } from '../../kit/clock.ts'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { PreviewView } from '../../kit/Preview.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { ImportActions } from './ImportActions.tsx'
import { ImportMapping } from './ImportMapping.tsx'
import { ImportRows } from './ImportRows.tsx'
import { Progress, Strip } from './Numbers.tsx'
import { undoLeft } from './outlook.ts'
import { importQuery, isWorking } from './queries.ts'
import { importStates, sayRemark } from './words.ts'

/** One file on its way in: what it was taken for, what it would do line by line and device by device, then how far it is. */
export function ImportPage() {
  const { t } = useVoice()
  const { import: id = '' } = useParams({ strict: false }) as { import?: string }
  const found = useQuery(importQuery(id))
  const crumbs = [
    { label: t('nav.people'), to: '/people' },
    { label: t('imports.title'), to: '/people/import' },
  ]
  if (!found.data) {
    return (
      <>
        <PageHead title={t('imports.title')} crumbs={crumbs} />
        <div className="pad">
          {found.error ? <ProblemNote error={found.error} /> : <Bones lines={6} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  const { data } = found
  return (
    <>
      <PageHead
        title={data.name}
        crumbs={crumbs}
        heading={<h1 lang={langOf(data.name)}>{data.name}</h1>}
        lede={
          <>
            <p className="owner">
              {t(`imports.of.${data.of}`)}
              <span className="sep" />
              {t(`imports.mode.${data.mode}`)}
              <span className="sep" />
              {data.unit.path}
            </p>
            <Standing one={data} />
          </>
        }
      />
      <Body one={data} />
    </>
  )
}

/** How the file is, in one sentence. */
function Standing({ one }: { one: Import }) {
  const { rich, f } = useVoice()
  const now = useNow()
  const { counts } = one
  const left = undoLeft(one.undoUntil, now)
  return (
    <Sentence tone={importStates[one.state].tone} icon={importStates[one.state].icon}>
      {rich(`imports.sentence.${one.state}`, {
        lines: counts.add + counts.change + counts.remove,
        errors: counts.error,
        applied: counts.applied,
        failed: counts.failed,
        undone: counts.undone,
        kept: counts.kept,
        undo: left === null ? 'no' : 'yes',
        until: one.undoUntil === null ? '' : f.dateTime(one.undoUntil),
      })}
    </Sentence>
  )
}

function Body({ one }: { one: Import }) {
  const voice = useVoice()
  const { t } = voice
  const { counts } = one
  const checked = !['reading', 'checking', 'failed'].includes(one.state)
  return (
    <>
      {checked && (
        <Strip
          cells={[
            { key: 'add', sign: 'add', label: t('imports.outcome.add'), n: counts.add },
            { key: 'change', sign: 'change', label: t('imports.outcome.change'), n: counts.change },
            { key: 'remove', sign: 'remove', label: t('imports.outcome.remove'), n: counts.remove },
            { key: 'same', label: t('imports.outcome.same'), n: counts.same },
            { key: 'error', sign: 'error', label: t('imports.outcome.error'), n: counts.error },
          ]}
        />
      )}
      <div className="pad import-body" aria-live="polite">
        {isWorking(one) && (
          <Progress
            label={t(`imports.working.${one.state as 'reading'}`)}
            done={one.progress.done}
            of={Math.max(one.progress.of, one.progress.done)}
          />
        )}
        {one.reach && one.reach.managed > 0 && (
          <Progress
            label={t('plan.devicesReached')}
            done={one.reach.reached}
            failed={one.reach.failed}
            of={one.reach.managed}
          />
        )}
        {one.failure && (
          <Note tone="danger" role="alert">
            <p>
              <b>{sayFailure(voice, one.failure)}</b> {t('imports.failedNext')}
            </p>
          </Note>
        )}
      </div>
      <ImportActions one={one} />
      {one.columns.length > 0 && <ImportMapping one={one} />}
      {checked && one.preview && (
        <div className="pad-block">
          <PreviewView preview={one.preview} title={t('imports.effects')} untouched={t('imports.untouched')} />
        </div>
      )}
      {checked && (
        <Section id="lines" title={t('imports.linesTitle')} hint={t('imports.linesHint')}>
          <ImportRows one={one} />
        </Section>
      )}
    </>
  )
}

function sayFailure(voice: ReturnType<typeof useVoice>, failure: NonNullable<Import['failure']>): string {
  for (const key of [`problem.${failure.code}`, `problem.import.${failure.code}`])
    if (voice.has(key)) return voice.tell(key, failure.facts)
  return sayRemark(voice, { column: null, ...failure })
}
