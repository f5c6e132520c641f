import { Link } from '@tanstack/react-router'
import type { Invitation } from '../../contract.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { ListColumn } from '../../kit/ListTable.tsx'
import { shortPath } from '../../scope.tsx'

type Invited = Pick<Invitation, 'id' | 'name' | 'uses' | 'used'> & { unit: { path: string } }

/** What an invitation is called, leading to its page. */
export function nameColumn({ t }: Voice): ListColumn<Invited> {
  return {
    id: 'name',
    head: t('enroll.invitation'),
    cell: row => (
      <Link className="plain" to="/enrollment/$invitation" params={{ invitation: row.id }}>
        {row.name ?? shortPath(row.unit.path)}
      </Link>
    ),
  }
}

/** How often an invitation was used, of how often it may be. */
export function usedColumn({ t, f }: Voice): ListColumn<Invited> {
  return {
    id: 'used',
    head: t('enroll.used'),
    width: 84,
    num: true,
    cell: row => (row.uses === null ? f.number(row.used) : t('enroll.usedOf', { used: row.used, uses: row.uses })),
  }
}
