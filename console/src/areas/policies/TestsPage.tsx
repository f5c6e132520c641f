import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { PolicyTest, TestResult } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { sayFailure } from '../../kit/PreviewRemarks.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { ExpectationText } from './ExpectationText.tsx'
import { PolicyNav } from './PolicyNav.tsx'
import { testsQuery } from './queries.ts'
import { TestEditor } from './TestEditor.tsx'

/** What must hold on devices, whatever anyone changes: tests that run before every save. */
export function TestsPage() {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const tests = useQuery(testsQuery)
  const [editing, setEditing] = useState<PolicyTest | 'new' | null>(null)
  const [removing, setRemoving] = useState<PolicyTest | null>(null)
  const run = useMutation({
    mutationFn: () => call<{ tests: TestResult[] }>('POST', '/policy-tests/run', { body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['policy-tests'] }),
  })
  const items = tests.data?.items ?? []
  const results = new Map((run.data?.tests ?? []).map(result => [result.id, result]))
  const add = can('policies:write') && (
    <Button icon="plus" variant={items.length === 0 ? 'primary' : 'default'} onClick={() => setEditing('new')}>
      {t('tests.add')}
    </Button>
  )
  return (
    <>
      <PageHead
        title={t('tests.title')}
        crumbs={[{ label: t('nav.policies'), to: '/policies' }, { label: t('tests.title') }]}
        lede={t('tests.lede')}
      >
        {items.length > 0 && (
          <Button icon="refresh" busy={run.isPending} onClick={() => run.mutate()}>
            {t('tests.run')}
          </Button>
        )}
        {items.length > 0 && add}
      </PageHead>
      <PolicyNav />
      <div className="pad tab-body">
        <ProblemNote error={tests.error ?? run.error} />
        {tests.isPending && <Bones lines={5} label={t('kit.loading')} />}
        {tests.data && items.length === 0 && (
          <Empty title={t('tests.empty')} action={add}>
            {t('tests.emptyText')}
          </Empty>
        )}
        <ul className="test-list">
          {items.map(test => (
            <TestLine
              key={test.id}
              test={test}
              result={results.get(test.id) ?? null}
              editable={can('policies:write')}
              onEdit={() => setEditing(test)}
              onRemove={() => setRemoving(test)}
            />
          ))}
        </ul>
      </div>
      {editing && <TestEditor test={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {removing && <RemoveTest test={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}

function TestLine(props: {
  test: PolicyTest
  result: TestResult | null
  editable: boolean
  onEdit(): void
  onRemove(): void
}) {
  const voice = useVoice()
  const { t } = voice
  const { test, result } = props
  const passed = result ? result.passed : (test.last?.passed ?? null)
  const failing = result ? result.failing : (test.last?.failing ?? 0)
  return (
    <li>
      <State
        tone={passed === null ? 'none' : passed ? 'ok' : 'danger'}
        icon={passed === null ? 'queued' : passed ? 'ok' : 'danger'}
      >
        {passed === null ? t('tests.notRun') : passed ? t('tests.passes') : t('tests.failing', { n: failing })}
      </State>
      <div>
        <b>{test.name}</b>
        <p className="soft">
          <ExpectationText test={test} />
        </p>
        {result && !result.passed && (
          <ul className="small failing">
            {result.failures.map(failure => (
              <li key={failure.device.id}>
                <Link to="/devices/$device" params={{ device: failure.device.id }}>
                  {failure.device.name}
                </Link>{' '}
                {sayFailure(voice, failure)}
              </li>
            ))}
            {result.failing > result.failures.length && (
              <li className="muted">{t('tests.moreFailing', { n: result.failing - result.failures.length })}</li>
            )}
          </ul>
        )}
      </div>
      <span className="small muted test-age">
        {shortPath(test.unit.path)}
        {test.last && (
          <>
            {' · '}
            <Age at={test.last.at} ago />
          </>
        )}
      </span>
      {props.editable && (
        <ActionMenu
          small
          label={t('tests.menu', { name: test.name })}
          lines={[
            { key: 'edit', icon: 'edit', label: t('tests.edit'), onClick: props.onEdit },
            { key: 'remove', icon: 'x', label: t('tests.remove'), apart: true, onClick: props.onRemove },
          ]}
        />
      )}
    </li>
  )
}

function RemoveTest({ test, onClose }: { test: PolicyTest; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/policy-tests/${test.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['policy-tests'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('tests.removeTitle', { name: test.name })}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button variant="primary" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('tests.removeGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('tests.removeText')}</p>
      <ProblemNote error={remove.error} />
    </Dialog>
  )
}
