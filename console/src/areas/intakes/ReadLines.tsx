import { useVoice } from '../../i18n/index.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Note, State } from '../../kit/State.tsx'
import { Strip } from '../changes/Numbers.tsx'
import type { Reading } from './queries.ts'
import { faultWords } from './words.ts'

const shown = 50

/** What a file was read as: lines with a fault first, each with what is wrong with it. */
export function ReadLines({ reading }: { reading: Reading }) {
  const voice = useVoice()
  const { t, f } = voice
  const sorted = reading.lines.toSorted((a, b) => Number(b.faults.length > 0) - Number(a.faults.length > 0))
  const faulty = reading.lines.filter(l => l.faults.length > 0).length
  return (
    <div aria-live="polite">
      <Strip
        cells={[
          { key: 'devices', label: t('batch.read.devices'), n: reading.devices },
          { key: 'people', label: t('batch.read.people', { named: f.number(reading.named) }), n: reading.matched },
          { key: 'faulty', sign: 'error', label: t('batch.read.faulty'), n: faulty },
        ]}
      />
      {faulty > 0 && (
        <div className="pad">
          <Note tone="attention">
            <p>{t('batch.read.kept', { n: faulty })}</p>
          </Note>
        </div>
      )}
      <ListTable
        caption={t('batch.read.lines')}
        rows={sorted.slice(0, shown)}
        keyOf={row => `${row.line} ${row.serial} ${row.raw}`}
        columns={[
          { id: 'line', head: t('batch.read.line'), width: 72, num: true, cell: row => row.line ?? '–' },
          {
            id: 'serial',
            head: t('batch.col.serial'),
            width: 160,
            cell: row => (
              <span className="mono" lang="en" data-name>
                {row.serial || row.raw || '–'}
              </span>
            ),
          },
          {
            id: 'asset',
            head: t('batch.col.asset'),
            width: 120,
            aside: true,
            cell: row => <span data-name>{row.assetTag || '–'}</span>,
          },
          {
            id: 'person',
            head: t('batch.col.person'),
            width: 200,
            aside: true,
            cell: row => <span data-name>{(row.user?.name ?? row.person) || '–'}</span>,
          },
          {
            id: 'unit',
            head: t('device.col.unit'),
            width: 180,
            aside: true,
            cell: row => <span data-name>{row.unit.path}</span>,
          },
          {
            id: 'fault',
            head: t('batch.col.fault'),
            cell: row =>
              row.faults.length === 0 ? (
                <State tone="ok" quiet>
                  {t('batch.read.good')}
                </State>
              ) : (
                <State tone={row.blocked ? 'danger' : 'attention'}>
                  {row.faults.map(fault => faultWords(voice, fault)).join(' ')}
                </State>
              ),
          },
        ]}
      />
      {sorted.length > shown && <p className="pad small muted">{t('batch.read.more', { n: sorted.length - shown })}</p>}
    </div>
  )
}
