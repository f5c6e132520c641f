import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Blueprint, BlueprintItem } from '../../contract/blueprints.ts'
import type { PolicyRow, Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useDryRun } from '../../kit/dryRun.ts'
import { langOf } from '../../kit/names.ts'
import { Empty, Section } from '../../kit/Page.tsx'
import { PreviewView } from '../../kit/Preview.tsx'
import { usePreviewGate } from '../../kit/PreviewGate.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { sayKind } from '../../kit/values.tsx'
import { PickOne } from './PickOne.tsx'

type Item = Pick<BlueprintItem, 'id' | 'name' | 'kind'>

/** The policies of a blueprint in their order: moved, added and taken out as one change with its preview. */
export function ItemsEditor({ blueprint, editable }: { blueprint: Blueprint; editable: boolean }) {
  const voice = useVoice()
  const { t, f } = voice
  const [draft, setDraft] = useState<Item[] | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const items: Item[] = draft ?? blueprint.items
  const dirty = draft !== null && draft.map(one => one.id).join() !== blueprint.items.map(one => one.id).join()
  const move = (at: number, by: number) => {
    const to = at + by
    const one = items[at]
    if (!one || to < 0 || to >= items.length) return
    setDraft(items.toSpliced(at, 1).toSpliced(to, 0, one))
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-item="${one.id}"] a`)?.focus())
  }
  const onKey = (at: number) => (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || by === undefined || !editable) return
    event.preventDefault()
    move(at, by)
  }
  return (
    <Section id="items" title={t('blueprint.items')} hint={t('blueprint.itemsHint')}>
      {items.length === 0 && <Empty title={t('blueprint.noItems')}>{t('blueprint.noItemsText')}</Empty>}
      <ol className="items" ref={list}>
        {items.map((item, at) => (
          <li key={item.id} data-item={item.id}>
            <span className="place">{f.number(at + 1)}</span>
            <Link
              to="/policies/$policy"
              params={{ policy: item.id }}
              className="plain cut"
              lang={langOf(item.name)}
              onKeyDown={onKey(at)}
              {...(editable && { 'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown' })}
            >
              {item.name}
            </Link>
            <span className="small muted cut">{sayKind(voice, item.kind)}</span>
            {editable && (
              <span className="row-acts">
                <Button size="sm" variant="quiet" icon="up" iconOnly disabled={at === 0} onClick={() => move(at, -1)}>
                  {t('blueprint.moveUp', { name: item.name })}
                </Button>
                <Button
                  size="sm"
                  variant="quiet"
                  icon="down"
                  iconOnly
                  disabled={at === items.length - 1}
                  onClick={() => move(at, 1)}
                >
                  {t('blueprint.moveDown', { name: item.name })}
                </Button>
                <Button size="sm" variant="quiet" icon="x" iconOnly onClick={() => setDraft(items.toSpliced(at, 1))}>
                  {t('blueprint.takeOut', { name: item.name })}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {editable && <AddItem items={items} onAdd={item => setDraft([...items, item])} />}
      {dirty && <SaveItems blueprint={blueprint} items={items} onDone={() => setDraft(null)} />}
    </Section>
  )
}

function AddItem({ items, onAdd }: { items: readonly Item[]; onAdd(item: Item): void }) {
  const voice = useVoice()
  const { t } = voice
  const [text, setText] = useState('')
  const found = useQuery<Page<PolicyRow>>({
    queryKey: ['policies', 'pick', text],
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<Page<PolicyRow>>('/policies', { filter: text, sort: 'name', limit: 20 }, signal),
  })
  const inside = new Set(items.map(item => item.id))
  return (
    <div className="add-item">
      <PickOne
        label={t('blueprint.addPolicy')}
        text={text}
        onText={setText}
        options={(found.data?.items ?? [])
          .filter(row => !inside.has(row.id))
          .map(row => ({ id: row.id, name: row.name, sub: sayKind(voice, row.kind) }))}
        onPick={id => {
          const row = found.data?.items.find(one => one.id === id)
          if (row) onAdd({ id: row.id, name: row.name, kind: row.kind })
        }}
      />
    </div>
  )
}

function SaveItems(props: { blueprint: Blueprint; items: readonly Item[]; onDone(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const path = `/blueprints/${props.blueprint.id}`
  const items = props.items.map(item => item.id)
  const run = useDryRun(`${path} ${items.join()}`, signal =>
    call<{ preview: Preview }>('PATCH', path, { query: { dryRun: true }, body: { items }, signal }),
  )
  const gate = usePreviewGate(run.preview)
  const save = useMutation({
    mutationFn: () => call('PATCH', path, { body: { items, ...gate.body } }),
    onSuccess: async () => {
      await Promise.all(
        [['blueprint', props.blueprint.id], ['blueprints'], ['policies'], ['policy']].map(queryKey =>
          client.invalidateQueries({ queryKey }),
        ),
      )
      props.onDone()
    },
  })
  const ready = gate.ready && run.preview !== null && !run.stale && !run.error && run.preview.state !== 'computing'
  return (
    <div className="plan inset-plan">
      <PreviewView preview={run.preview} error={run.error} stale={run.stale} untouched={t('used.untouched')} />
      {gate.fields}
      <ProblemNote error={save.error} />
      <p className="plan-acts">
        <Button onClick={props.onDone}>{t('editor.discard')}</Button>
        <Button variant="primary" disabled={!ready} busy={save.isPending} onClick={() => save.mutate()}>
          {t('blueprint.saveItems')}
        </Button>
      </p>
    </div>
  )
}
