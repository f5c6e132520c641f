import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Import } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { fileOf, keepFile } from './files.ts'
import { DropFile } from './ImportStart.tsx'
import { upload } from './queries.ts'
import { importFields, sayField } from './words.ts'

const encodings = ['utf-8', 'shift_jis', 'windows-1252', 'utf-16le', 'utf-16be'] as const

/** What the file was taken for: its encoding, its separator, and which column is which; corrected by reading it again. */
export function ImportMapping({ one }: { one: Import }) {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const editable = (one.state === 'ready' || one.state === 'failed') && can('changes:write')
  const unknown = one.columns.filter(column => column.field === null).length
  const [encoding, setEncoding] = useState(one.encoding ?? 'utf-8')
  const [said, setSaid] = useState<Record<string, string>>({})
  const again = useAgain(one, { encoding, said })
  const dirty = encoding !== (one.encoding ?? 'utf-8') || Object.keys(said).length > 0
  const kept = fileOf(one.id)
  return (
    <details className="rest mapping" open={unknown > 0 && editable}>
      <summary>
        <Icon name="right" />
        {t('mapping.summary', {
          encoding: t(`mapping.encoding.${one.encoding ?? 'utf-8'}` as 'mapping.encoding.utf-8'),
          separator: t(
            `mapping.separator.${one.separator === '\t' ? 'tab' : one.separator === ';' ? 'semicolon' : 'comma'}`,
          ),
          columns: one.columns.length,
          unknown,
        })}
      </summary>
      <div className="mapping-body">
        <SelectField
          label={t('mapping.encoding')}
          hint={t(
            `mapping.known.${one.encodingKnown === 'said' || one.encodingKnown === 'marked' ? one.encodingKnown : 'guessed'}`,
          )}
          value={encoding}
          disabled={!editable}
          onChange={event => setEncoding(event.target.value)}
          options={encodings.map(value => ({ value, label: t(`mapping.encoding.${value}`) }))}
        />
        <ListTable
          inset
          caption={t('mapping.caption')}
          rows={one.columns.map((column, at) => ({ ...column, at }))}
          keyOf={row => `${row.at}`}
          columns={[
            {
              id: 'column',
              head: t('mapping.column'),
              cell: row =>
                row.title ? (
                  <span lang={langOf(row.title)}>{row.title}</span>
                ) : (
                  <span className="muted">{t('mapping.untitled', { n: row.at + 1 })}</span>
                ),
            },
            {
              id: 'means',
              head: t('mapping.means'),
              cell: row =>
                editable && row.title ? (
                  <MeaningField one={one} column={row} said={said} onSay={setSaid} />
                ) : row.field ? (
                  sayField(voice, row.field)
                ) : (
                  <span className="muted">{t('mapping.ignored')}</span>
                ),
            },
          ]}
        />
        {dirty &&
          (kept ? (
            <Button variant="primary" icon="refresh" busy={again.isPending} onClick={() => again.mutate(kept)}>
              {t('mapping.again')}
            </Button>
          ) : (
            <>
              <p className="small muted">{t('mapping.chooseAgain')}</p>
              <DropFile small busy={again.isPending} onFile={file => again.mutate(file)} />
            </>
          ))}
        <ProblemNote error={again.error} />
      </div>
    </details>
  )
}

function MeaningField(props: {
  one: Import
  column: Import['columns'][number]
  said: Record<string, string>
  onSay(said: Record<string, string>): void
}) {
  const voice = useVoice()
  const { one, column, said } = props
  const own = `attribute.${column.title.replaceAll(/[^\p{L}\p{N}_-]/gu, '').slice(0, 40)}`
  const fields = [...importFields[one.of], ...(one.of === 'users' ? [own] : [])]
  const value = said[column.title] ?? column.field ?? ''
  return (
    <span className="pick">
      <select
        className="in"
        aria-label={voice.t('mapping.meansOf', { title: column.title })}
        value={value}
        onChange={event => props.onSay({ ...said, [column.title]: event.target.value })}
      >
        <option value="">{voice.t('mapping.ignored')}</option>
        {[...new Set([...fields, ...(value ? [value] : [])])].map(field => (
          <option key={field} value={field}>
            {sayField(voice, field)}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  )
}

/** Sends the file once more with what was corrected; the import before is forgotten. */
function useAgain(one: Import, wish: { encoding: string; said: Record<string, string> }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (file: File) => {
      const columns = Object.fromEntries(
        one.columns.flatMap(({ title, field }) => {
          const means = wish.said[title] ?? field ?? ''
          return title === '' ? [] : [[title, means] as const]
        }),
      )
      const made = await upload(file, {
        of: one.of,
        mode: one.mode,
        unit: one.unit.id,
        devicesFollow: one.devicesFollow,
        encoding: wish.encoding,
        // With another encoding the titles read differently, so what they mean is found anew.
        ...(wish.encoding === one.encoding ? { columns } : {}),
      })
      await call('DELETE', `/imports/${one.id}`).catch(() => undefined)
      return { made, file }
    },
    onSuccess: async ({ made, file }) => {
      keepFile(made.id, file)
      await client.invalidateQueries({ queryKey: ['imports', 'list'] })
      await navigate({ to: '/people/import/$import', params: { import: made.id }, replace: true })
    },
  })
}
