import { type ReactNode, useState } from 'react'
import type { AppPageData, Release } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { Note } from '../../kit/State.tsx'
import { Named } from './Named.tsx'
import { Fingerprint } from './Fingerprint.tsx'

/** What was read in the latest package of an Android app: its numbers, who signed it, and what it asks to be allowed. */
export function PackageFacts({ app }: { app: AppPageData }) {
  const { t } = useVoice()
  const release = app.releases.find(r => r.latest)
  if (release?.format !== 'apk') return null
  return (
    <Section id="package" title={t('apkPage.title')} hint={t('apkPage.hint', { version: release.shortVersion })}>
      <div>
        {release.debuggable && <Note tone="attention">{t('apkPage.debuggable')}</Note>}
        <Facts app={app} release={release} />
        <Permissions names={release.permissions ?? []} />
      </div>
    </Section>
  )
}

function Facts({ app, release }: { app: AppPageData; release: Release }) {
  const { t } = useVoice()
  const { minimum, minimumOs, target, scheme, rotated } = release
  const rows: [string, ReactNode][] = [
    [
      t('apkPage.package'),
      <span key="p" className="mono">
        {app.bundle}
      </span>,
    ],
    [t('apkPage.version'), t('apkPage.numbered', { name: release.shortVersion, code: release.version })],
    [
      t('apkPage.from'),
      minimum === null || minimumOs === null ? null : t('apkPage.level', { os: minimumOs, level: minimum }),
    ],
    [t('apkPage.target'), target],
    [
      t('apkPage.signer'),
      <span key="s">
        {release.signerName} {release.signer && <Fingerprint of={release.signer} />}
      </span>,
    ],
    [t('apkPage.scheme'), scheme === null ? null : t('apkPage.schemeOf', { scheme, rotated: rotated ? 'yes' : 'no' })],
  ]
  return <Named rows={rows} />
}

/** By the names Android gives them, which no language translates; those of the app's own in full. */
function Permissions({ names }: { names: readonly string[] }) {
  const { t, f } = useVoice()
  const [words, setWords] = useState('')
  const found = names.filter(n => n.toLowerCase().includes(words.trim().toLowerCase()))
  return (
    <div className="apk-permissions">
      <h3>
        {t('apkPage.permissions')} {names.length > 0 && <span className="soft">{f.number(names.length)}</span>}
      </h3>
      {names.length === 0 && <p className="soft">{t('apkPage.noPermissions')}</p>}
      {names.length > 8 && (
        <TextField label={t('apkPage.search')} value={words} onChange={event => setWords(event.target.value)} />
      )}
      <p className="vh" role="status">
        {names.length > 8 && words !== '' ? f.number(found.length) : ''}
      </p>
      {names.length > 0 && found.length === 0 && <p className="soft">{t('apkPage.noneFound')}</p>}
      <ul className="apk-names" lang="en">
        {found.map(name => (
          <li key={name} className="mono small">
            {name.replace(/^android\.permission\./, '')}
          </li>
        ))}
      </ul>
    </div>
  )
}
