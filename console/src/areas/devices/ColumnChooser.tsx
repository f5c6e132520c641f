import { Popover } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { DeviceRow } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import type { Column } from '../../kit/DataTable.tsx'
import { Tick } from '../../kit/Field.tsx'
import { usualColumns } from './columns.tsx'

/** The columns of this person: kept on the server, so every browser shows the same. */
export interface ColumnChoice {
  all: readonly Column<DeviceRow>[]
  shown: Column<DeviceRow>[]
  ids: readonly string[]
  choose(ids: readonly string[]): void
}

const preference = '/me/preferences/devices.columns'

/** Reads and keeps the columns of this person. */
export function useColumns(all: readonly Column<DeviceRow>[]): ColumnChoice {
  const client = useQueryClient()
  const queryKey = ['preferences', 'devices.columns']
  const kept = useQuery({
    queryKey,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }) => {
      const answer = await get<{ value: unknown }>(preference, {}, signal).catch(() => ({ value: null }))
      return Array.isArray(answer?.value) ? (answer.value as string[]) : null
    },
  })
  const save = useMutation({
    mutationFn: (ids: readonly string[]) => call('PUT', preference, { body: { value: ids } }),
  })
  const ids = kept.data ?? usualColumns
  return {
    all,
    ids,
    shown: all.filter(column => column.id === 'name' || ids.includes(column.id)),
    choose: next => {
      client.setQueryData(queryKey, [...next])
      save.mutate(next)
    },
  }
}

/** Chooses which columns the list shows. */
export function ColumnChooser({ columns }: { columns: ColumnChoice }) {
  const { t, f } = useVoice()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="sm" icon="columns" className="push wide-only" onClick={() => setOpened(!opened)}>
          {t('devices.columns')} <span className="muted">{f.number(columns.shown.length)}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="pop column-pop" aria-label={t('devices.columns')}>
        <fieldset className="choices">
          <legend className="vh">{t('devices.columns')}</legend>
          {columns.all.map(column => (
            <Tick
              key={column.id}
              label={column.head}
              checked={columns.shown.includes(column)}
              disabled={column.id === 'name'}
              onChange={event =>
                columns.choose(
                  event.target.checked ? [...columns.ids, column.id] : columns.ids.filter(id => id !== column.id),
                )
              }
            />
          ))}
        </fieldset>
        <Button size="sm" variant="quiet" onClick={() => columns.choose(usualColumns)}>
          {t('devices.usualColumns')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
