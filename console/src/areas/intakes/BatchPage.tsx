import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { BatchActions } from './BatchActions.tsx'
import { CheckList } from './CheckList.tsx'
import { DayView } from './DayView.tsx'
import { type Batch, batchQuery } from './queries.ts'

/** One batch: before its day whether everything is ready, on its day how far each device is, and then its record. */
export function BatchPage() {
  const { t, f } = useVoice()
  const { intake: id = '' } = useParams({ strict: false }) as { intake?: string }
  const found = useQuery(batchQuery(id))
  const crumbs = [
    { label: t('enroll.title'), to: '/enrollment' },
    { label: t('batch.title'), to: '/enrollment/batches' },
  ]
  if (!found.data) {
    return (
      <>
        <PageHead title={t('batch.title')} crumbs={crumbs} />
        <div className="pad">
          {found.error ? <ProblemNote error={found.error} /> : <Bones lines={6} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  const batch = found.data
  return (
    <>
      <PageHead
        title={batch.name}
        crumbs={crumbs}
        heading={
          <h1 lang={langOf(batch.name)} data-name>
            {batch.name}
          </h1>
        }
        lede={
          <>
            <p className="owner">
              <span className="tnum">{f.date(Date.parse(`${batch.day}T12:00:00`))}</span>
              <span className="sep" />
              <span data-name>{batch.unit.path}</span>
              {batch.blueprint && (
                <>
                  <span className="sep" />
                  <span data-name>{batch.blueprint.name}</span>
                </>
              )}
              {batch.setup && (
                <>
                  <span className="sep" />
                  <span data-name>{batch.setup.name}</span>
                </>
              )}
            </p>
            <Standing batch={batch} />
          </>
        }
      >
        <BatchActions batch={batch} />
      </PageHead>
      {batch.state === 'planned' && <Preflight batch={batch} />}
      <DayView batch={batch} />
      {batch.state === 'open' && <Preflight batch={batch} />}
      {batch.note !== '' && (
        <Section id="note" title={t('batch.note')}>
          <p className="pad" data-name>
            {batch.note}
          </p>
        </Section>
      )}
    </>
  )
}

/** How the batch is, in one sentence. */
function Standing({ batch }: { batch: Batch }) {
  const { rich, f } = useVoice()
  const { counts, state } = batch
  const tone: ToneName =
    state === 'closed' ? 'none' : counts.stuck > 0 || batch.reds > 0 ? 'danger' : batch.ambers > 0 ? 'attention' : 'ok'
  const numbers = {
    total: counts.total,
    ready: f.number(counts.ready),
    stuck: counts.stuck,
    left: counts.total - counts.ready,
    reds: batch.reds,
    ambers: batch.ambers,
    checked: batch.checkedAt === null ? 'no' : 'yes',
  }
  return <Sentence tone={tone}>{rich(`batch.sentence.${state}`, numbers)}</Sentence>
}

/** Whether everything is ready for the day, red first. */
function Preflight({ batch }: { batch: Batch }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const can = useCan()
  const [asked, setAsked] = useState<number | null>(null)
  const again = useMutation({
    mutationFn: () => call<Batch>('POST', `/intakes/${batch.id}/check`),
    onMutate: () => setAsked(batch.checkedAt),
    onSettled: () => client.invalidateQueries({ queryKey: ['intake', batch.id] }),
  })
  const looking = asked !== null && asked === batch.checkedAt
  return (
    <Section
      id="checks"
      title={t('batch.checks')}
      by={
        <span aria-live="polite">
          {looking ? t('batch.looking') : t('batch.checked')} {!looking && <Age at={batch.checkedAt} ago focusable />}{' '}
          {can('intakes:write') && (
            <Button size="sm" variant="quiet" icon="refresh" busy={again.isPending} onClick={() => again.mutate()}>
              {t('batch.again')}
            </Button>
          )}
        </span>
      }
    >
      <ProblemNote error={again.error} />
      {batch.checks.length === 0 ? (
        <Empty title={t('batch.verdict.none')}>{t('batch.checksText')}</Empty>
      ) : (
        <CheckList checks={batch.checks} />
      )}
    </Section>
  )
}
