import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { Bones, Empty } from '../../kit/Page.tsx'
import { sayFailure } from '../../kit/PreviewRemarks.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { testsQuery } from './queries.ts'
import type { DraftHold } from './useDraft.ts'
import { useVersionPreview } from './useVersionPreview.ts'
import { ExpectationText } from './ExpectationText.tsx'

/** The org's tests as they stand for this policy: with the draft where there is one, else as last run. */
export function PolicyTests({ policy, draft }: { policy: Policy; draft: DraftHold }) {
  const voice = useVoice()
  const { t } = voice
  const tests = useQuery(testsQuery)
  const run = useVersionPreview(policy, draft, true)
  const results = new Map((run.preview?.tests ?? []).map(result => [result.id, result]))
  const items = tests.data?.items ?? []
  return (
    <div className="pad tab-body">
      <ProblemNote error={tests.error ?? run.error} />
      {tests.isPending && <Bones lines={4} label={t('kit.loading')} />}
      {tests.data && items.length === 0 && (
        <Empty
          title={t('tests.empty')}
          action={
            <ButtonLink to="/policies/tests" variant="primary">
              {t('tests.add')}
            </ButtonLink>
          }
        >
          {t('tests.emptyText')}
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <p className="small soft tests-hint">{t(draft.dirty ? 'tests.withDraft' : 'tests.asSaved')}</p>
          <ul className="lint-list">
            {items.map(test => {
              const result = results.get(test.id)
              const passed = result ? result.passed : (test.last?.passed ?? null)
              return (
                <li key={test.id}>
                  <State
                    tone={passed === null ? 'none' : passed ? 'ok' : 'danger'}
                    icon={passed === null ? 'queued' : passed ? 'ok' : 'danger'}
                  >
                    {t(passed === null ? 'tests.notRun' : passed ? 'tests.passes' : 'tests.fails')}
                  </State>
                  <div>
                    <b>{test.name}</b>
                    <p className="small soft">
                      <ExpectationText test={test} />
                    </p>
                    {result && !result.passed && (
                      <ul className="small">
                        {result.failures.map(failure => (
                          <li key={failure.device.id}>
                            <Link to="/devices/$device" params={{ device: failure.device.id }}>
                              {failure.device.name}
                            </Link>{' '}
                            {sayFailure(voice, failure)}
                          </li>
                        ))}
                      </ul>
                    )}
                  </div>
                </li>
              )
            })}
          </ul>
          <p className="used-add">
            <ButtonLink to="/policies/tests">{t('tests.all')}</ButtonLink>
          </p>
        </>
      )}
    </div>
  )
}
