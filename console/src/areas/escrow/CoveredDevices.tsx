import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CoverState } from '../../contract/portal.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Bones } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { coveredQuery } from './queries.ts'

/** The devices on which a kind of secret stands so, and what stands against it. */
export function CoveredDevices({ kind, state }: { kind: string; state: CoverState }) {
  const { t, has } = useVoice()
  const list = useInfiniteQuery(coveredQuery(kind, state))
  const rows = list.data?.pages.flatMap(p => p.items) ?? []
  const sayProblem = (problem: string | null): string => {
    const key = `problem.${problem ?? ''}`
    return has(key) ? t(key) : t('escrow.missing.none')
  }
  return (
    <div className="pad">
      {list.isPending && <Bones lines={2} label={t('kit.loading')} />}
      <ProblemNote error={list.error} />
      <ul className="escrow-covered">
        {rows.map(row => (
          <li key={row.id}>
            <Link to="/devices/$device" params={{ device: row.id }} search={{ tab: 'security' }} data-name>
              {row.name}
            </Link>
            <span className="soft" data-name>
              {row.unit.path}
            </span>
            {state === 'missing' && <span>{sayProblem(row.problem)}</span>}
            {state === 'waiting' && <span>{t(row.askedAt === null ? 'escrowRule.notTold' : 'escrow.turn.waits')}</span>}
            <span className="soft">
              {t('escrow.missing.heard')} <Age at={row.lastSeenAt || null} focusable ago />
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('kit.more')}
        </Button>
      )}
    </div>
  )
}
