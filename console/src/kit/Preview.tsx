import { type ReactNode, useId } from 'react'
import type { EffectGroup, Preview } from '../contract/policies.ts'
import { useVoice, type Voice } from '../i18n/index.tsx'
import { EffectLines, GroupDevices } from './EffectLines.tsx'
import { Icon } from './Icon.tsx'
import { Mentions } from './Mentions.tsx'
import { Bones } from './Page.tsx'
import { kindNames, platformOrder } from './platforms.ts'
import { GroupLicenses, PreviewLicenses } from './PreviewLicenses.tsx'
import { PreviewRemarks } from './PreviewRemarks.tsx'
import { ProblemNote } from './Problem.tsx'
import { Roll } from './Roll.tsx'

/** `203 iPhone, 41 iPad`. */
export function sayPlatforms({ f }: Voice, byPlatform: EffectGroup['byPlatform']): string {
  return platformOrder
    .map(platform => [byPlatform[platform] ?? 0, kindNames[platform]] as const)
    .filter(([n]) => n > 0)
    .map(([n, name]) => `${f.number(n)} ${name}`)
    .join(', ')
}

/** How many devices change and whether anything is taken away, in one sentence. */
export function saySummary({ t }: Voice, preview: Preview): string {
  if (preview.state === 'computing') return t('preview.computing')
  if (preview.state === 'failed') return t('preview.failed')
  const { changed, devices, removed } = preview
  if (changed === 0) return t('preview.nothing', { devices })
  return t('preview.summary', { changed, devices, removed })
}

/**
 * What a change would do, drawn the same wherever a change is made: the sentence, groups of devices with identical effects,
 * then what speaks against it: tests, conflicts, and what platforms do not honor.
 */
export function PreviewView(props: {
  preview: Preview | null
  error?: unknown
  /** The numbers belong to an older question. */
  stale?: boolean
  title?: string
  by?: ReactNode
  /** What is said where no device is touched at all. */
  untouched?: ReactNode
  /** Groups beyond this many start closed. */
  open?: number
}) {
  const voice = useVoice()
  const { t } = voice
  const id = useId()
  const { preview } = props
  return (
    <section
      className={props.stale ? 'preview stale' : 'preview'}
      aria-labelledby={id}
      aria-busy={props.stale === true}
    >
      <div className="preview-head">
        <h2 id={id}>{props.title ?? t('preview.title')}</h2>
        <p className="soft" role="status">
          {preview && (preview.state !== 'done' || preview.devices > 0 || !props.untouched)
            ? saySummary(voice, preview)
            : preview && props.untouched}
        </p>
        {props.by && <span className="small muted push">{props.by}</span>}
      </div>
      <ProblemNote error={props.error} />
      {!preview && !props.error && <Bones lines={2} label={t('preview.computing')} />}
      {preview?.state === 'computing' && <Progress preview={preview} />}
      {preview && preview.groups.length > 0 && <Groups preview={preview} open={props.open ?? 2} />}
      {preview && <PreviewLicenses licenses={preview.licenses} />}
      {preview && (
        <Mentions of={preview}>
          <PreviewRemarks preview={preview} />
        </Mentions>
      )}
    </section>
  )
}

function Progress({ preview }: { preview: Preview }) {
  const { t } = useVoice()
  const { looked, of } = preview.progress
  return (
    <div className="preview-progress">
      <Roll
        shares={[
          { tone: 'acc', count: looked },
          { tone: 'off', count: Math.max(0, of - looked) },
        ]}
      />
      <span className="small muted nowrap">{t('preview.looked', { looked, of })}</span>
    </div>
  )
}

function Groups({ preview, open }: { preview: Preview; open: number }) {
  const voice = useVoice()
  const { t } = voice
  const [only] = preview.groups
  if (only && preview.groups.length === 1 && preview.moreGroups === 0) {
    return (
      <div className="preview-one">
        <EffectLines effects={only.effects} devices={only.devices} platforms={sayPlatforms(voice, only.byPlatform)} />
        <GroupLicenses licenses={only.licenses} />
        <GroupDevices preview={preview.id} group={only} />
      </div>
    )
  }
  return (
    <ul className="preview-groups">
      {preview.groups.map((group, at) => (
        <li key={group.key}>
          <Group preview={preview.id} group={group} open={at < open} />
        </li>
      ))}
      {preview.moreGroups > 0 && (
        <li className="small muted preview-more">{t('preview.moreGroups', { n: preview.moreGroups })}</li>
      )}
    </ul>
  )
}

function Group(props: { preview: string; group: EffectGroup; open: boolean }) {
  const voice = useVoice()
  const { t } = voice
  const { group } = props
  const count = (sign: string) => group.effects.filter(effect => effect.sign === sign).length
  const [added, altered, removed] = [count('add'), count('change'), count('remove')]
  return (
    <details className="preview-group" open={props.open}>
      <summary>
        <Icon name="right" />
        <span className="preview-who">
          <b>{t('preview.devices', { n: group.devices })}</b>{' '}
          <span className="muted">
            {sayPlatforms(voice, group.byPlatform)}
            {group.people > 0 && <> · {t('preview.people', { n: group.people })}</>}
          </span>
        </span>
        <span className="preview-signs">
          {added > 0 && <span className="d d-add">{t('preview.added', { n: added })}</span>}
          {altered > 0 && <span className="d d-chg">{t('preview.altered', { n: altered })}</span>}
          {removed > 0 && <span className="d d-del">{t('preview.removed', { n: removed })}</span>}
        </span>
      </summary>
      <EffectLines effects={group.effects} />
      <GroupLicenses licenses={group.licenses} />
      <GroupDevices preview={props.preview} group={group} />
    </details>
  )
}
