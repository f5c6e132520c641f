import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Change, ChangeMove } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { movesQuery } from './queries.ts'
import { sayRemark } from './words.ts'

const tones: Record<ChangeMove['state'], ToneName> = {
  planned: 'pending',
  applied: 'ok',
  same: 'none',
  failed: 'danger',
  undone: 'none',
  kept: 'attention',
}

/** Everyone and everything that moves, and what became of each; read when it is opened. */
export function Moves({ change }: { change: Change }) {
  const { t } = useVoice()
  const [open, setOpen] = useState(change.failed > 0)
  return (
    <details className="rest pad-block" open={open} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="right" />
        {t('plan.who', { n: change.moves })}
      </summary>
      {open && <MoveLines change={change.id} />}
    </details>
  )
}

function MoveLines({ change }: { change: string }) {
  const voice = useVoice()
  const { t } = voice
  const list = useInfiniteQuery(movesQuery(change))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <ProblemNote error={list.error} />
      {rows.length > 0 && (
        <ListTable
          inset
          caption={t('changes.moves')}
          rows={rows}
          keyOf={row => String(row.n)}
          columns={[
            { id: 'who', head: t('imports.who'), cell: row => <Who move={row} /> },
            { id: 'to', head: t('move.to'), width: 220, aside: true, cell: row => <Where move={row} /> },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 200,
              cell: row => (
                <>
                  <State tone={tones[row.state]} quiet>
                    {t(`moveState.${row.state}`)}
                  </State>
                  {row.error && <span className="remark-line">{sayRemark(voice, { column: null, ...row.error })}</span>}
                </>
              ),
            },
          ]}
        />
      )}
      {list.hasNextPage && (
        <div className="more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function Who({ move }: { move: ChangeMove }) {
  const { id, name } = move.subject
  return move.kind === 'user' ? (
    <Link to="/people/$user" params={{ user: id }} lang={langOf(name)}>
      {name}
    </Link>
  ) : (
    <Link to="/devices/$device" params={{ device: id }} lang={langOf(name)}>
      {name}
    </Link>
  )
}

function Where({ move }: { move: ChangeMove }) {
  const { t } = useVoice()
  const { to, hands } = move
  return (
    <>
      {to && shortPath(to.path)}
      {to && hands && ', '}
      {hands && (hands.to ? <span lang={langOf(hands.to.name)}>{hands.to.name}</span> : t('device.noUser'))}
    </>
  )
}
