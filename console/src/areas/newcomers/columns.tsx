import { Link } from '@tanstack/react-router'
import type { Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import type { Column } from '../../kit/DataTable.tsx'
import { State } from '../../kit/State.tsx'
import { factValue } from '../devices/facts.ts'
import type { Decision, Newcomer } from './queries.ts'

const tones = { passed: 'ok', failed: 'danger', none: 'none' } as const

/** What the chip of a device says of its key, in a word. */
function Chip({ row, voice }: { row: Newcomer; voice: Voice }) {
  const why = factValue(voice, 'security.attestedWhy', row.attestedWhy)
  return (
    <State tone={tones[row.attested]} quiet={row.attested === 'none'}>
      {row.attested === 'failed'
        ? voice.t('newcomers.chip.failed', { why })
        : voice.t(`newcomers.chip.${row.attested}`)}
    </State>
  )
}

function modeName({ t, has }: Voice, mode: string): string {
  const key = `enrollment.kind.${mode}`
  return has(key) ? t(key) : mode
}

/** The columns of the list; buttons where the reader may decide. */
export function newcomerColumns(
  voice: Voice,
  decide: ((decision: Decision, row: Newcomer) => void) | null,
): Column<Newcomer>[] {
  const { t, f } = voice
  const columns: Column<Newcomer>[] = [
    {
      id: 'device',
      head: t('newcomers.device'),
      width: 240,
      cell: (row, link) => (
        <span>
          <Link to="/enrollment/$invitation" params={{ invitation: row.invitation }} data-name lang="en" {...link}>
            {row.name}
          </Link>{' '}
          <span className="soft">
            Android <span data-name>{row.osVersion}</span>
          </span>
        </span>
      ),
    },
    {
      id: 'serial',
      head: t('device.col.serial'),
      width: 130,
      cell: row =>
        row.serial === null ? (
          <span className="soft">{t('newcomers.noSerial')}</span>
        ) : (
          <span className="mono" data-name>
            {row.serial}
          </span>
        ),
    },
    { id: 'mode', head: t('newcomers.says'), width: 150, cell: row => modeName(voice, row.mode) },
    { id: 'chip', head: t('newcomers.chip'), width: 160, cell: row => <Chip row={row} voice={voice} /> },
    { id: 'unit', head: t('newcomers.unit'), width: 140, cell: row => <span data-name>{row.unit.name}</span> },
    { id: 'asked', head: t('newcomers.asked'), width: 90, num: true, cell: row => <Age at={row.askedAt} /> },
    { id: 'until', head: t('newcomers.until'), width: 170, cell: row => f.dateTime(row.until) },
  ]
  if (decide === null) return columns
  return [
    ...columns,
    {
      id: 'acts',
      head: t('newcomers.title'),
      quiet: true,
      width: 190,
      cell: row => (
        <span className="acts">
          {row.state !== 'approved' && (
            <Button
              size="sm"
              aria-label={t('newcomers.approveOne', { name: row.name })}
              onClick={() => decide('approve', row)}
            >
              {t('newcomers.approve')}
            </Button>
          )}
          {row.state !== 'denied' && (
            <Button
              size="sm"
              variant="quiet"
              aria-label={t('newcomers.denyOne', { name: row.name })}
              onClick={() => decide('deny', row)}
            >
              {t('newcomers.deny')}
            </Button>
          )}
        </span>
      ),
    },
  ]
}
