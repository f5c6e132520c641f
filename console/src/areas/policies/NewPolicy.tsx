import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { KindRow, SettingHit } from '../../contract/policies.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { fold } from '../../i18n/messages.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { sayKey, sayKind } from '../../kit/values.tsx'
import { kindsQuery, settingsQuery } from './queries.ts'
import { UploadProfile } from './UploadProfile.tsx'
import { sayKinds } from './words.ts'

/** Settings that are named before the reader asks for the rest. */
const fewHits = 8

/** Chooses what a new policy is about: our kinds first, then everything the vendors publish; or a profile from a file. */
export function NewPolicy() {
  const voice = useVoice()
  const { t } = voice
  const id = useId()
  const [text, setText] = useState('')
  const [uploading, setUploading] = useState(false)
  const [all, setAll] = useState(false)
  const [query] = useDebouncedValue(text.trim(), 150)
  const kinds = useQuery(kindsQuery)
  const settings = useQuery(settingsQuery(query))
  const found = (kinds.data ?? []).filter(kind => matches(voice, kind, text.trim()))
  const ours = found.filter(kind => kind.family === 'ours')
  const apple = found.filter(kind => kind.family === 'apple' && kind.kind !== 'apple.profile')
  const android = found.filter(kind => kind.family === 'android')
  const hits = query.length > 1 ? (settings.data ?? []).filter(hit => hit.key !== '') : []
  const none = kinds.data && text.trim() !== '' && found.length === 0 && hits.length === 0 && !settings.isFetching
  return (
    <>
      <PageHead
        title={t('policies.new')}
        crumbs={[{ label: t('nav.policies'), to: '/policies' }, { label: t('policies.new') }]}
        lede={t('newPolicy.lede')}
      >
        <Button icon="upload" onClick={() => setUploading(true)}>
          {t('newPolicy.upload')}
        </Button>
      </PageHead>
      <div className="pad kind-search">
        <div className="in-wrap">
          <Icon name="search" />
          <input
            className="in"
            type="search"
            aria-label={t('newPolicy.search')}
            placeholder={t('newPolicy.search')}
            value={text}
            onChange={event => {
              setText(event.target.value)
              setAll(false)
            }}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the page is this question
            autoFocus
          />
        </div>
        <p className="small muted cnt" role="status">
          {kinds.data && t('newPolicy.found', { kinds: found.length, settings: hits.length })}
        </p>
        <ProblemNote error={kinds.error} />
        {kinds.isPending && <Bones lines={8} label={t('kit.loading')} />}
        {none && <Empty title={t('newPolicy.none', { text: text.trim() })}>{t('newPolicy.noneText')}</Empty>}
      </div>
      {ours.length > 0 && (
        <Section id={`${id}-ours`} title={t('newPolicy.ours')} hint={t('newPolicy.oursHint')}>
          <ul className="kind-grid">
            {ours.map(kind => (
              <li key={kind.kind}>
                <Link to="/policies/new/$kind" params={{ kind: kind.kind }} className="kind-card">
                  <b>{sayKind(voice, kind.kind)}</b>
                  <span className="soft">{kindText(voice, kind.kind)}</span>
                  <span className="small muted">{sayKinds(voice, kind.platforms)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {hits.length > 0 && (
        <Section id={`${id}-settings`} title={t('newPolicy.settings')}>
          <ul className="kind-lines">
            {(all ? hits : hits.slice(0, fewHits)).map(hit => (
              <HitLine key={`${hit.kind} ${hit.key}`} voice={voice} hit={hit} />
            ))}
          </ul>
          {!all && hits.length > fewHits && (
            <p className="used-add">
              <Button size="sm" onClick={() => setAll(true)}>
                {t('newPolicy.moreSettings', { n: hits.length - fewHits })}
              </Button>
            </p>
          )}
        </Section>
      )}
      {apple.length > 0 && (
        <Section id={`${id}-apple`} title={t('newPolicy.apple')} hint={t('newPolicy.appleHint', { n: apple.length })}>
          <VendorKinds kinds={apple} />
        </Section>
      )}
      {android.length > 0 && (
        <Section
          id={`${id}-android`}
          title={t('newPolicy.android')}
          hint={t('newPolicy.androidHint', { n: android.length })}
        >
          <VendorKinds kinds={android} />
        </Section>
      )}
      {uploading && <UploadProfile onClose={() => setUploading(false)} />}
    </>
  )
}

function VendorKinds({ kinds }: { kinds: readonly KindRow[] }) {
  const voice = useVoice()
  return (
    <ul className="kind-lines">
      {kinds.map(kind => (
        <li key={kind.kind}>
          <Link
            to="/policies/new/$kind"
            params={{ kind: kind.kind }}
            className="plain cut"
            {...(kind.catalog === null ? {} : { lang: 'en' })}
          >
            {sayKind(voice, kind.kind)}
          </Link>
          <span className="mono key cut">{kind.kind.slice(kind.kind.indexOf(':') + 1)}</span>
          <span className="small muted">{voice.t('newPolicy.keys', { n: kind.keys })}</span>
        </li>
      ))}
    </ul>
  )
}

function HitLine({ voice, hit }: { voice: Voice; hit: SettingHit }) {
  return (
    <li>
      <Link to="/policies/new/$kind" params={{ kind: hit.kind }} search={{ add: hit.key }} className="plain cut">
        {sayKey(voice, hit.kind, hit.key)}
      </Link>
      <span className="mono key cut">{hit.key}</span>
      <span className="small muted">{sayKind(voice, hit.kind)}</span>
    </li>
  )
}

function kindText(voice: Voice, kind: string): string {
  const key = `policyKind.${kind}.text`
  return voice.has(key) ? voice.t(key) : ''
}

function matches(voice: Voice, kind: KindRow, text: string): boolean {
  if (text === '') return true
  const hay = fold(`${sayKind(voice, kind.kind)} ${kindText(voice, kind.kind)} ${kind.kind}`)
  return fold(text)
    .split(/\s+/)
    .every(word => hay.includes(word))
}
