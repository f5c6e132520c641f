import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Assignment, Blueprint } from '../../contract/blueprints.ts'
import type { Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { EffectDialog } from '../../kit/EffectDialog.tsx'
import { useDryRun } from '../../kit/dryRun.ts'
import { useNow } from '../../kit/clock.ts'
import { Empty, Section } from '../../kit/Page.tsx'
import { State } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { AssignmentEditor } from './AssignmentEditor.tsx'
import { countQuery } from './queries.ts'
import { sayScope } from './ScopeSentence.tsx'

type Asking = { what: 'toggle' | 'remove'; assignment: Assignment } | null

/** Whom the blueprint is for: each assignment as a sentence with how many devices it means. */
export function Assignments(props: {
  blueprint: Blueprint
  editable: boolean
  editing: Assignment | null
  onEdit(assignment: Assignment | null): void
}) {
  const { t } = useVoice()
  const { blueprint, editing } = props
  const [asking, setAsking] = useState<Asking>(null)
  return (
    <Section id="assignments" title={t('blueprint.assignments')} hint={t('blueprint.assignmentsHint')}>
      {blueprint.assignments.length === 0 && (
        <Empty title={t('blueprint.noAssignments')}>{t('blueprint.noAssignmentsText')}</Empty>
      )}
      <ul className="assignments">
        {blueprint.assignments.map(assignment =>
          editing?.id === assignment.id ? (
            <li key={assignment.id} className="open">
              <AssignmentEditor blueprint={blueprint} assignment={assignment} onClose={() => props.onEdit(null)} />
            </li>
          ) : (
            <Line
              key={assignment.id}
              assignment={assignment}
              editable={props.editable}
              onEdit={() => props.onEdit(assignment)}
              onAsk={what => setAsking({ what, assignment })}
            />
          ),
        )}
      </ul>
      {asking && <Ask {...asking} blueprint={blueprint} onClose={() => setAsking(null)} />}
    </Section>
  )
}

function Line(props: {
  assignment: Assignment
  editable: boolean
  onEdit(): void
  onAsk(what: 'toggle' | 'remove'): void
}) {
  const voice = useVoice()
  const { t } = voice
  const now = useNow(60_000)
  const { assignment } = props
  const { window, enabled } = assignment
  const standing = !enabled
    ? 'off'
    : window.until && window.until <= now
      ? 'over'
      : window.from && window.from > now
        ? 'later'
        : 'on'
  const looks = {
    on: { tone: 'ok', icon: 'ok' },
    off: { tone: 'none', icon: 'paused' },
    over: { tone: 'none', icon: 'canceled' },
    later: { tone: 'pending', icon: 'pending' },
  } as const
  const sentence = sayScope(voice, assignment)
  return (
    <li>
      <State {...looks[standing]}>{t(`assignment.is.${standing}`)}</State>
      <p>
        {sentence}
        <span className="small muted assignment-on">
          {t('assignment.on', { unit: shortPath(assignment.unit.path) })}
        </span>
      </p>
      <Means assignment={assignment} />
      {props.editable && (
        <ActionMenu
          small
          label={t('assignment.menu', { sentence })}
          lines={[
            { key: 'edit', icon: 'edit', label: t('assignment.edit'), onClick: props.onEdit },
            {
              key: 'toggle',
              icon: enabled ? 'paused' : 'ok',
              label: t(enabled ? 'assignment.disable' : 'assignment.enable'),
              onClick: () => props.onAsk('toggle'),
            },
            {
              key: 'remove',
              icon: 'x',
              label: t('assignment.remove'),
              apart: true,
              onClick: () => props.onAsk('remove'),
            },
          ]}
        />
      )}
    </li>
  )
}

function Means({ assignment }: { assignment: Assignment }) {
  const { t } = useVoice()
  const { unit, scope, window } = assignment
  const count = useQuery(countQuery({ unit: unit.id, scope, window }))
  return <span className="num">{count.data && t('preview.devices', { n: count.data.devices })}</span>
}

function Ask(props: { what: 'toggle' | 'remove'; assignment: Assignment; blueprint: Blueprint; onClose(): void }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const { what, assignment, blueprint } = props
  const path = `/assignments/${assignment.id}`
  const doing = what === 'remove' ? 'remove' : assignment.enabled ? 'disable' : 'enable'
  const write = <T,>(query: Record<string, string | boolean>, gate: object, signal?: AbortSignal) =>
    what === 'remove'
      ? call<T>('DELETE', path, { query: { ...query, ...gate }, ...(signal && { signal }) })
      : call<T>('PATCH', path, { query, body: { enabled: !assignment.enabled, ...gate }, ...(signal && { signal }) })
  const run = useDryRun(`${path} ${doing}`, signal => write<{ preview: Preview }>({ dryRun: true }, {}, signal))
  const go = useMutation({
    mutationFn: (gate: { override?: string; confirm?: string }) => write<unknown>({}, gate),
    onSuccess: async () => {
      await Promise.all(
        [['blueprint', blueprint.id], ['blueprints'], ['policies'], ['policy']].map(queryKey =>
          client.invalidateQueries({ queryKey }),
        ),
      )
      props.onClose()
    },
  })
  return (
    <EffectDialog
      title={t(`assignment.${doing}Title`, { blueprint: blueprint.name })}
      text={sayScope(voice, assignment)}
      go={t(`assignment.${doing}Go`)}
      run={run}
      untouched={t('used.untouched')}
      error={go.error}
      busy={go.isPending}
      onGo={gate => go.mutate(gate)}
      onClose={props.onClose}
    />
  )
}
