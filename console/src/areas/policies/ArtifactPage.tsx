import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { answerOf, type Artifact, type Json } from '@muster/wire/apple/catalog/catalog.ts'
import { formFor } from '@muster/wire/apple/catalog/form.ts'
import { validate } from '@muster/wire/apple/catalog/validate.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { CatalogForm } from '../../kit/catalog-form/CatalogForm.tsx'
import { exampleOf } from '../../kit/catalog-form/value.ts'
import { Copy } from '../../kit/Copy.tsx'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { artifactQuery } from './queries.ts'

/** One artifact of the catalog: its keys as a form to try, and what comes out of it as JSON. Nothing here is saved. */
export function ArtifactPage() {
  const { t } = useVoice()
  const { family = '', id = '' } = useParams({ strict: false }) as { family?: string; id?: string }
  const found = useQuery(artifactQuery(family, id))
  const name = found.data?.name ?? id
  return (
    <>
      <PageHead
        title={name}
        heading={<h1 lang="en">{name}</h1>}
        crumbs={[
          { label: t('nav.policies'), to: '/policies' },
          { label: t('catalog.title'), to: '/policies/catalog' },
          { label: <span lang="en">{name}</span> },
        ]}
        lede={<span className="mono">{id}</span>}
      >
        {isForPolicies(family, id) && (
          <ButtonLink to="/policies/new/$kind" params={{ kind: `apple.${family}:${id}` }}>
            {t('catalog.makePolicy')}
          </ButtonLink>
        )}
        {family === 'command' && (
          <ButtonLink to="/devices" search={{ filter: 'platform:ios,ipados,macos,tvos' }}>
            {t('apple.toDevice')}
          </ButtonLink>
        )}
      </PageHead>
      <div className="pad">
        <ProblemNote error={found.error} />
        {found.isPending && <Bones label={t('kit.loading')} />}
      </div>
      {found.data && <Attempt key={`${family} ${id}`} artifact={found.data} />}
    </>
  )
}

/** Policies are made of payloads and of configurations; the other declarations come with them. */
const isForPolicies = (family: string, id: string): boolean =>
  family === 'payload' || (family === 'declaration' && id.startsWith('com.apple.configuration.'))

/** A value that is tried and thrown away; every change is looked at in the browser. */
function Attempt({ artifact }: { artifact: Artifact }) {
  const { t } = useVoice()
  const { at } = useSearch({ strict: false }) as { at?: string }
  const form = useMemo(() => formFor(artifact), [artifact])
  const [value, setValue] = useState<Json>(() => (form.widget === 'group' ? {} : exampleOf(form)))
  const [tab, setTab] = useState('form')
  const findings = useMemo(() => validate(artifact, value), [artifact, value])
  const shared = { artifact, value, onChange: setValue, findings }
  const answer = answerOf(artifact)
  return (
    <>
      <div className="cf-bar">
        <Button size="sm" onClick={() => setValue(exampleOf(form))}>
          {t('catalog.all')}
        </Button>
        <Button size="sm" variant="quiet" onClick={() => setValue(form.widget === 'group' ? {} : exampleOf(form))}>
          {t('catalog.clear')}
        </Button>
        <Copy text={JSON.stringify(value, null, 2)} label={t('kit.copy')} />
        <span className="small muted" role="status">
          {t('catalog.findings', { n: findings.filter(f => f.severity === 'error').length })}
        </span>
      </div>
      <Tabs
        label={t('catalog.views')}
        current={tab}
        onChange={setTab}
        tabs={[
          { id: 'form', label: t('catalog.form'), panel: <CatalogForm {...shared} {...(at ? { at } : {})} /> },
          { id: 'raw', label: t('catalog.raw'), panel: <CatalogForm {...shared} raw /> },
          ...(answer ? [{ id: 'answer', label: t('catalog.answer'), panel: <Answer artifact={artifact} /> }] : []),
        ]}
      />
    </>
  )
}

/** What a device answers, drawn as the form of an artifact of its own. */
function Answer({ artifact }: { artifact: Artifact }) {
  const reply: Artifact = useMemo(
    () => ({
      family: 'document',
      id: `${artifact.id} answer`,
      os: artifact.os,
      ...(artifact.types ? { types: artifact.types } : {}),
      ...artifact.answer,
    }),
    [artifact],
  )
  const value = useMemo(() => exampleOf(formFor(reply)), [reply])
  return <CatalogForm artifact={reply} value={value} onChange={() => undefined} readOnly />
}
