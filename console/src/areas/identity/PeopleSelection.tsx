import { useState } from 'react'
import { call } from '../../api.ts'
import type { Person } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useCan } from '../../session.tsx'
import { Foreseen, isLooking, useForeseen } from '../changes/Foreseen.tsx'
import { PickGroup } from './GroupDialogs.tsx'
import { FormDialog, useChange } from './PeopleDialogs.tsx'

/** What can be done with the chosen people. */
export function PeopleSelection(props: { people: readonly Person[]; onMove(): void; onClear(): void }) {
  const { t } = useVoice()
  const can = useCan()
  const [grouping, setGrouping] = useState(false)
  return (
    <section className="bulk" aria-label={t('devices.selection')}>
      <b role="status">{t('people.selected', { n: props.people.length })}</b>
      {can('changes:write') && (
        <Button size="sm" icon="move" onClick={props.onMove}>
          {t('move.open')}
        </Button>
      )}
      <Button size="sm" icon="people" onClick={() => setGrouping(true)}>
        {t('groups.addTo')}
      </Button>
      <Button size="sm" variant="quiet" onClick={props.onClear}>
        {t('devices.clear')}
      </Button>
      {grouping && <AddToGroup people={props.people} onClose={() => setGrouping(false)} />}
    </section>
  )
}

/** Puts people into a group. */
export function AddToGroup({ people, onClose }: { people: readonly { id: string }[]; onClose(): void }) {
  const { t } = useVoice()
  const [group, setGroup] = useState<{ id: string; name: string } | null>(null)
  const add = people.map(one => one.id)
  const change = useChange(() => call('PUT', `/groups/${group?.id}/members`, { body: { add, remove: [] } }), onClose)
  const run = useForeseen(group && { members: [{ group: group.id, add, remove: [] }] })
  return (
    <FormDialog
      title={t('groups.addToTitle', { n: people.length })}
      go={group ? t('groups.addGo', { name: group.name }) : t('people.addGo')}
      ready={group !== null && !isLooking(run)}
      change={change}
      onClose={onClose}
    >
      <PickGroup chosen={group} onPick={setGroup} />
      <Foreseen run={run} />
    </FormDialog>
  )
}
