import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { ScopeSentence } from '../blueprints/ScopeSentence.tsx'
import { blueprintQuery } from '../blueprints/queries.ts'

/** Whom the policy reaches: through which blueprints, in words. */
export function AppliesTo({ policy }: { policy: Policy }) {
  const { t } = useVoice()
  return (
    <section aria-labelledby="applies" className="applies">
      <div className="sec-head">
        <h2 id="applies">{t('applies.title')}</h2>
        <span className="by">
          <Link to="/policies/$policy" params={{ policy: policy.id }} search={{ tab: 'used' }}>
            {t('applies.edit')}
          </Link>
        </span>
      </div>
      {policy.usedBy.length === 0 ? (
        <>
          <p className="small soft">{t('applies.none')}</p>
          <ButtonLink
            to="/policies/$policy"
            params={{ policy: policy.id }}
            search={{ tab: 'used' }}
            size="sm"
            className="applies-go"
          >
            {t('applies.add')}
          </ButtonLink>
        </>
      ) : (
        policy.usedBy
          .slice(0, 4)
          .map(blueprint => <Through key={blueprint.id} blueprint={blueprint.id} name={blueprint.name} />)
      )}
      {policy.usedBy.length > 4 && <p className="small muted">{t('applies.more', { n: policy.usedBy.length - 4 })}</p>}
    </section>
  )
}

function Through(props: { blueprint: string; name: string }) {
  const { t, rich } = useVoice()
  const blueprint = useQuery(blueprintQuery(props.blueprint))
  const assignments = (blueprint.data?.assignments ?? []).filter(one => one.enabled)
  return (
    <div className="through">
      <p className="small soft">
        {rich(
          'applies.through',
          { name: props.name },
          {
            link: inside => (
              <Link to="/policies/blueprints/$blueprint" params={{ blueprint: props.blueprint }}>
                {inside}
              </Link>
            ),
          },
        )}
      </p>
      {assignments.slice(0, 3).map(assignment => (
        <p key={assignment.id} className="scope-t">
          <ScopeSentence assignment={assignment} />
        </p>
      ))}
      {blueprint.data && assignments.length === 0 && <p className="small muted">{t('applies.unassigned')}</p>}
      {blueprint.error && (
        <Button size="sm" onClick={() => void blueprint.refetch()}>
          {t('fault.again')}
        </Button>
      )}
    </div>
  )
}
