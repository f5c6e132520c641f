import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApproverPerson, ApproverSet } from '../../contract/approvers.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence, State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { ApproversDialog } from './ApproversDialog.tsx'
import { approversQuery } from './queries.ts'
import '../../kit/css/guard.css'

/** Settings → Guard → Approvers: whom devices ask before they erase themselves, how many must agree, and what that means. */
export function ApproversPage() {
  const { t } = useVoice()
  const found = useQuery(approversQuery)
  const set = found.data
  return (
    <>
      <PageHead
        title={t('approvers.title')}
        crumbs={[
          { label: t('nav.settings'), to: '/settings' },
          { label: t('guard.title'), to: '/settings/guard' },
          { label: t('approvers.title') },
        ]}
        lede={set ? <Standing set={set} /> : t('approvers.lede')}
      />
      <div className="pad">
        <ProblemNote error={found.error} />
        {found.isPending && <Bones lines={6} label={t('kit.loading')} />}
        {set?.intent && <Waiting intent={set.intent} />}
        {set && <p className="soft measure">{t('approvers.lede')}</p>}
      </div>
      {set && (
        <>
          <People set={set} />
          <Rule set={set} />
          <Section id="what" title={t('approvers.what')}>
            <ul className="says measure">
              <li>{t('approvers.what.erase')}</li>
              <li>{t('approvers.what.before')}</li>
              <li>{t('approvers.what.asleep')}</li>
              <li>{t('approvers.what.lost')}</li>
              <li>{t('approvers.whom')}</li>
            </ul>
          </Section>
        </>
      )}
    </>
  )
}

function Standing({ set }: { set: ApproverSet }) {
  const { t } = useVoice()
  if (set.need === 0)
    return (
      <Sentence tone="attention" icon="attention">
        <b>{t('approvers.off')}</b> {t('approvers.offText')}
      </Sentence>
    )
  return (
    <Sentence tone="ok" icon="shield">
      <b>{t('approvers.on', { need: set.need, people: set.known.length })}</b>
    </Sentence>
  )
}

function Waiting({ intent }: { intent: string }) {
  const { t } = useVoice()
  return (
    <Note
      tone="pending"
      icon="held"
      acts={
        <ButtonLink to="/activity/held/$intent" params={{ intent }} size="sm">
          {t('approvers.waitingSee')}
        </ButtonLink>
      }
    >
      <p>
        <b>{t('approvers.waiting')}</b> {t('approvers.waitingText')}
      </p>
    </Note>
  )
}

type Stands = 'known' | 'next' | 'gone'

/** Everyone who is known to devices or could be, those who may not approve any more first. */
function everyone({ known, able }: ApproverSet): (ApproverPerson & { stands: Stands })[] {
  const may = new Set(able.map(p => p.id))
  const are = new Set(known.map(p => p.id))
  return [
    ...known.filter(p => !may.has(p.id)).map(p => ({ ...p, stands: 'gone' as const })),
    ...able.map(p => ({ ...p, stands: are.has(p.id) ? ('known' as const) : ('next' as const) })),
  ]
}

const looks = {
  known: { tone: 'ok', icon: 'ok' },
  next: { tone: 'pending', icon: 'pending' },
  gone: { tone: 'danger', icon: 'danger' },
} as const

function People({ set }: { set: ApproverSet }) {
  const { t, f } = useVoice()
  const people = everyone(set)
  return (
    <Section id="people" title={t('approvers.people')} hint={t('approvers.peopleText')}>
      {people.length === 0 ? (
        <Empty
          title={t('approvers.none')}
          action={
            <ButtonLink to="/settings/admins" icon="user">
              {t('approvers.admins')}
            </ButtonLink>
          }
        >
          {t('approvers.noneText')}
        </Empty>
      ) : (
        <table className="t inset approvers">
          <thead>
            <tr>
              <th scope="col">{t('approvers.person')}</th>
              <th scope="col" className="num">
                {t('approvers.passkeys')}
              </th>
              <th scope="col">{t('approvers.standing')}</th>
            </tr>
          </thead>
          <tbody>
            {people.map(person => (
              <tr key={person.id}>
                <th scope="row" lang={langOf(person.name ?? '')}>
                  {person.name ?? t('approvers.nameless')}
                </th>
                <td className="num">{f.number(person.passkeys)}</td>
                <td>
                  <State {...looks[person.stands]} quiet>
                    {t(`approvers.${person.stands}`)}
                  </State>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {people.length > 0 && people.length < 3 && <p className="soft measure">{t('approvers.noneText')}</p>}
      {people.length > 0 && (
        <p>
          <Link to="/settings/admins">{t('approvers.admins')}</Link>
        </p>
      )}
    </Section>
  )
}

const most = 5

function Rule({ set }: { set: ApproverSet }) {
  const { t } = useVoice()
  const can = useCan()
  const [need, setNeed] = useState(set.need)
  const [asking, setAsking] = useState(false)
  const people = set.able.length
  const tooFew = need > 0 && people <= need
  const same = new Set(set.known.map(p => p.id))
  const renewed = set.need > 0 && (set.able.length !== same.size || set.able.some(p => !same.has(p.id)))
  const changes = need !== set.need || renewed
  return (
    <Section id="rule" title={t('approvers.rule')}>
      <div className="measure">
        <SelectField
          label={t('approvers.select')}
          disabled={!can('guard:write') || set.intent !== null}
          value={String(need)}
          onChange={event => setNeed(Number(event.target.value))}
          error={tooFew ? t('approvers.tooFew', { need: need + 1, people }) : null}
          options={[
            { value: '0', label: t('approvers.need.0') },
            ...Array.from({ length: most }, (_, i) => ({
              value: String(i + 1),
              label: t('approvers.need.some', { n: i + 1 }),
            })),
          ]}
        />
        {!tooFew && need > 0 && people === need + 1 && changes && (
          <Note tone="attention">
            <p>{t('approvers.edge')}</p>
          </Note>
        )}
        {can('guard:write') && set.intent === null && (
          <Button
            variant={changes && !tooFew ? 'primary' : 'default'}
            icon="key"
            disabled={!changes || tooFew}
            onClick={() => setAsking(true)}
          >
            {t(set.need === 0 ? 'approvers.save' : need === set.need ? 'approvers.renew' : 'approvers.propose')}
          </Button>
        )}
      </div>
      {asking && <ApproversDialog set={set} need={need} onClose={() => setAsking(false)} />}
    </Section>
  )
}
