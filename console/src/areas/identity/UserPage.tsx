import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import { languages, useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { Foreseen, isLooking, useForeseen } from '../changes/Foreseen.tsx'
import { MoveDialog } from '../changes/MoveDialog.tsx'
import { ZonePick } from '../hours/Zones.tsx'
import { PersonalLink } from './PersonalLink.tsx'
import { FormDialog, useChange } from './PeopleDialogs.tsx'
import { AddToGroup } from './PeopleSelection.tsx'
import { type PersonWithDevices, personQuery } from './peopleQueries.ts'
import { EditUser } from './PersonForm.tsx'
import { UserDevices } from './UserDevices.tsx'
import { PersonCompliance } from '../compliance/PersonCompliance.tsx'

type Asking = 'edit' | 'move' | 'group' | 'remove' | null

/** Someone who uses devices: what is known of them, their groups, and which devices they have. */
export function UserPage() {
  const { t } = useVoice()
  const { user: id = '' } = useParams({ strict: false }) as { user?: string }
  const user = useQuery(personQuery(id))
  const [asking, setAsking] = useState<Asking>(null)
  const { data } = user
  const crumbs = [{ label: t('nav.people'), to: '/people' }, { label: data?.displayName ?? '' }]
  if (!data) {
    return (
      <>
        <PageHead title={t('nav.people')} crumbs={crumbs} />
        <div className="pad">
          {user.error ? <ProblemNote error={user.error} /> : <Bones label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return (
    <>
      <PageHead
        title={data.displayName}
        crumbs={crumbs}
        heading={
          <div className="title">
            <h1 lang={langOf(data.displayName)}>{data.displayName}</h1>
            {data.yomi && (
              <span className="muted" lang="ja">
                {data.yomi}
              </span>
            )}
          </div>
        }
        lede={data.unit.path}
      >
        <Commands person={data} onAsk={setAsking} />
      </PageHead>
      <About person={data} onAsk={setAsking} />
      <Hours person={data} />
      <PersonalLink person={data} />
      <Section id="devices" title={t('nav.devices')} hint={t('person.devicesHint')}>
        <UserDevices person={data} />
      </Section>
      <PersonCompliance user={data.id} />
      <Dialogs person={data} asking={asking} onClose={() => setAsking(null)} />
    </>
  )
}

/** By whose clocks the person's working time is counted, where policies leave it to the person. */
function Hours({ person }: { person: PersonWithDevices }) {
  const { t } = useVoice()
  const can = useCan()
  if (!can('hours:read')) return null
  return (
    <Section id="hours" title={t('hours.title')}>
      <ZonePick of="users" id={person.id} />
    </Section>
  )
}

function Commands({ person, onAsk }: { person: PersonWithDevices; onAsk(what: Asking): void }) {
  const { t } = useVoice()
  const can = useCan()
  if (!can('users:write')) return null
  return (
    <>
      {can('changes:write') && (
        <Button icon="move" onClick={() => onAsk('move')}>
          {t('move.open')}
        </Button>
      )}
      <Button icon="edit" onClick={() => onAsk('edit')}>
        {t('person.edit')}
      </Button>
      <ActionMenu
        label={t('person.menu', { name: person.displayName })}
        lines={[
          { key: 'group', icon: 'people', label: t('groups.addTo'), onClick: () => onAsk('group') },
          { key: 'remove', icon: 'x', label: t('person.remove'), apart: true, onClick: () => onAsk('remove') },
        ]}
      />
    </>
  )
}

function About({ person, onAsk }: { person: PersonWithDevices; onAsk(what: Asking): void }) {
  const { t } = useVoice()
  const can = useCan()
  const attributes = Object.entries(person.attributes)
  return (
    <div className="person-cols">
      <Section id="who" title={t('people.about')}>
        <Facts
          plain
          lines={[
            { key: 'email', label: t('signIn.email'), value: person.email ?? '–' },
            ...(person.yomi
              ? [{ key: 'yomi', label: t('people.yomi'), value: <span lang="ja">{person.yomi}</span> }]
              : []),
            {
              key: 'language',
              label: t('account.language'),
              value: languages.find(language => language.id === person.language)?.name ?? person.language ?? '–',
            },
            { key: 'number', label: t('people.number'), value: person.employeeNumber ?? '–', mono: true },
            ...attributes.map(([name, value]) => ({ key: `attribute.${name}`, label: name, value })),
          ]}
        />
      </Section>
      <Section id="groups" title={t('groups.title')}>
        {person.groups.length === 0 ? (
          <p className="small muted">
            {t('person.noGroups')}{' '}
            {can('users:write') && (
              <button type="button" className="link" onClick={() => onAsk('group')}>
                {t('groups.addTo')}
              </button>
            )}
          </p>
        ) : (
          <ul className="lines">
            {person.groups.map(group => (
              <li key={group.id}>
                <Link to="/people/groups/$group" params={{ group: group.id }} lang={langOf(group.name)}>
                  {group.name}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  )
}

function Dialogs({ person, asking, onClose }: { person: PersonWithDevices; asking: Asking; onClose(): void }) {
  const { t } = useVoice()
  const navigate = useNavigate()
  const remove = useChange(
    () => call('DELETE', `/users/${person.id}`),
    () => void navigate({ to: '/people' }),
  )
  const run = useForeseen(asking === 'remove' && person.owns.length > 0 ? { leaving: [person.id] } : null)
  if (asking === 'edit') return <EditUser person={person} onClose={onClose} />
  if (asking === 'group') return <AddToGroup people={[person]} onClose={onClose} />
  if (asking === 'move')
    return <MoveDialog people={[{ id: person.id, name: person.displayName }]} unit={null} onClose={onClose} />
  if (asking === 'remove')
    return (
      <FormDialog
        title={t('person.removeTitle', { name: person.displayName })}
        go={t('person.removeGo')}
        ready={!isLooking(run)}
        change={remove}
        onClose={onClose}
        keep
      >
        <p className="soft">{t('person.removeText', { n: person.owns.length })}</p>
        <Foreseen run={run} />
      </FormDialog>
    )
  return null
}
