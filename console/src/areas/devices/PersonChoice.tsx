import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api.ts'
import type { Page, User } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { langOf } from '../../kit/names.ts'
import { PickOne } from '../blueprints/PickOne.tsx'

/** Somebody, by id and name. */
export interface Chosen {
  id: string
  name: string
}

/** Whose something is: found on the server by typing, since there may be thousands; nobody is the first choice. */
export function PersonChoice(props: { label: string; value: Chosen | null; onChange(person: Chosen | null): void }) {
  const { t } = useVoice()
  const [text, setText] = useState('')
  const typed = text.trim()
  const found = useQuery<Page<User>>({
    queryKey: ['users', 'choice', typed],
    placeholderData: previous => previous,
    queryFn: ({ signal }) =>
      get(
        '/users',
        { limit: 12, ...(typed === '' ? { sort: 'displayName' } : { filter: JSON.stringify(typed) }) },
        signal,
      ),
  })
  const people = (found.data?.items ?? []).map(({ id, displayName, email }) => ({ id, name: displayName, sub: email }))
  return (
    <div className="field">
      <span className="lab" aria-hidden="true">
        {props.label}
      </span>
      <PickOne
        label={props.label}
        placeholder={t('roster.findUser')}
        text={text}
        onText={setText}
        options={typed === '' ? [{ id: '', name: t('device.noUser') }, ...people] : people}
        onPick={(id, name) => props.onChange(id === '' ? null : { id, name })}
      />
      <p className="hint" aria-live="polite">
        {props.value === null ? (
          t('device.noUser')
        ) : (
          <b data-name lang={langOf(props.value.name)}>
            {props.value.name}
          </b>
        )}
      </p>
    </div>
  )
}
