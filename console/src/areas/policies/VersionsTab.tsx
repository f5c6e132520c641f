import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { Mentions } from '../../kit/Mentions.tsx'
import { Bones } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Change, sayKey, sayValue } from '../../kit/values.tsx'
import { changesOf, valuesOf } from './draft.ts'
import { versionQuery, versionsQuery } from './queries.ts'
import { RollBack } from './RollBack.tsx'

/** Everything the policy has said, what differs between two of them, and the way back. */
export function VersionsTab({ policy, editable }: { policy: Policy; editable: boolean }) {
  const { t } = useVoice()
  const versions = useQuery(versionsQuery(policy.id))
  const [pair, setPair] = useState<{ from: number; to: number } | null>(null)
  const [back, setBack] = useState<number | null>(null)
  const items = versions.data?.items ?? []
  const shown = pair ?? { from: Math.max(1, policy.version - 1), to: policy.version }
  return (
    <div className="tab-body">
      <div className="pad">
        <ProblemNote error={versions.error} />
        {versions.isPending && <Bones lines={4} label={t('kit.loading')} />}
      </div>
      {items.length > 0 && (
        <ul className="versions" aria-label={t('versions.caption')}>
          {items.map(row => (
            <li key={row.version}>
              <b>
                {t('versions.n', { version: row.version })}{' '}
                {row.version === policy.version && <span className="badge on">{t('versions.current')}</span>}
              </b>
              <span className="version-note">{row.note || <span className="muted">–</span>}</span>
              <span className="small muted version-by">
                {row.by.name} · <Age at={row.at} ago focusable />
              </span>
              <span className="row-acts">
                {row.version > 1 && (
                  <Button size="sm" variant="quiet" onClick={() => setPair({ from: row.version - 1, to: row.version })}>
                    {t('versions.compare')}
                  </Button>
                )}
                {editable && row.version !== policy.version && (
                  <Button size="sm" icon="undo" onClick={() => setBack(row.version)}>
                    {t('versions.back')}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {policy.version > 1 && items.length > 0 && (
        <Compare
          policy={policy}
          versions={items.map(item => item.version)}
          from={shown.from}
          to={shown.to}
          onChange={setPair}
        />
      )}
      {back !== null && <RollBack policy={policy} version={back} onClose={() => setBack(null)} />}
    </div>
  )
}

function Compare(props: {
  policy: Policy
  versions: readonly number[]
  from: number
  to: number
  onChange(pair: { from: number; to: number }): void
}) {
  const { t } = useVoice()
  const { policy, from, to } = props
  const before = useQuery(versionQuery(policy.id, from))
  const after = useQuery(versionQuery(policy.id, to))
  const options = props.versions.map(version => ({ value: String(version), label: t('versions.n', { version }) }))
  const values = before.data && after.data ? ([valuesOf(before.data.value), valuesOf(after.data.value)] as const) : null
  return (
    <section className="sec compare" aria-labelledby="compare">
      <div className="sec-head">
        <h2 id="compare">{t('versions.diff')}</h2>
      </div>
      <div className="compare-pick">
        <SelectField
          label={t('versions.from')}
          value={String(from)}
          options={options}
          onChange={event => props.onChange({ from: Number(event.target.value), to })}
        />
        <SelectField
          label={t('versions.to')}
          value={String(to)}
          options={options}
          onChange={event => props.onChange({ from, to: Number(event.target.value) })}
        />
      </div>
      <ProblemNote error={before.error ?? after.error} />
      {values && (
        <Mentions of={values}>
          <Changes kind={policy.kind} changes={changesOf(...values)} />
        </Mentions>
      )}
    </section>
  )
}

function Changes({ kind, changes }: { kind: string; changes: ReturnType<typeof changesOf> }) {
  const voice = useVoice()
  const { t } = voice
  if (changes.length === 0) return <p className="soft">{t('versions.same')}</p>
  return (
    <ul className="diff">
      {changes.map(change => (
        <li key={change.key}>
          <span className={`d ${{ new: 'd-add', changed: 'd-chg', gone: 'd-del' }[change.how]}`}>
            {t(`versions.sign.${change.how}`)}
          </span>
          <span>
            {sayKey(voice, kind, change.key)}:{' '}
            {change.how === 'new' ? (
              <b>{sayValue(voice, change.key, change.after, kind)}</b>
            ) : (
              <Change voice={voice} kind={kind} name={change.key} before={change.before} after={change.after} />
            )}
          </span>
          <span className="mono muted wide-only">{change.key}</span>
        </li>
      ))}
    </ul>
  )
}
