import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Charter, PrivacyCheck } from '../../contract/privacy.ts'
import { languages, useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence, State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { ChangeDialog } from './ChangeDialog.tsx'
import { CharterMatrix } from './CharterMatrix.tsx'
import { Looks } from './Looks.tsx'
import { PendingChange } from './PendingChange.tsx'
import { charterQuery, checkQuery } from './queries.ts'
import { Versions } from './Versions.tsx'
import '../../kit/css/privacy.css'

/** Settings → Privacy: the charter in force, what waits for signatures, who looked, and whether all of it holds. */
export function PrivacyPage() {
  const { t } = useVoice()
  const can = useCan()
  const [changing, setChanging] = useState(false)
  const charter = useQuery(charterQuery)
  const check = useQuery(checkQuery)
  return (
    <>
      <PageHead
        title={t('privacy.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('privacy.title') }]}
        lede={
          charter.data && check.data ? <Standing charter={charter.data} check={check.data.check} /> : t('privacy.lede')
        }
      >
        <Annex />
        {can('privacy:write') && charter.data && !charter.data.change && (
          <Button variant="primary" icon="edit" onClick={() => setChanging(true)}>
            {t('privacy.change')}
          </Button>
        )}
      </PageHead>
      <div className="pad">
        <ProblemNote error={charter.error} />
        {charter.isPending && <Bones lines={12} label={t('kit.loading')} />}
        {charter.data?.change && <PendingChange change={charter.data.change} />}
      </div>
      {charter.data && (
        <>
          <CharterMatrix charter={charter.data} />
          <Section id="cosigners" title={t('privacy.cosigners')}>
            {charter.data.cosigners.length === 0 ? (
              <p className="soft">{t('privacy.nobodySigns')}</p>
            ) : (
              <ul className="lines">
                {charter.data.cosigners.map(c => (
                  <li key={c.id}>
                    <State tone={c.able ? 'ok' : 'attention'} icon="user">
                      {c.name || c.id}
                    </State>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </>
      )}
      <Versions />
      <Looks />
      <SelfCheck check={check.data?.check ?? null} />
      {changing && charter.data && <ChangeDialog charter={charter.data} onClose={() => setChanging(false)} />}
    </>
  )
}

function Standing({ charter, check }: { charter: Charter; check: PrivacyCheck | null }) {
  const { t, f } = useVoice()
  const now = useNow(60_000)
  const failed = check?.results.filter(r => !r.holds).length ?? 0
  const inForce = charter.id === null ? t('privacy.presetInForce') : t('privacy.inForce', { version: charter.version })
  const examined =
    check === null
      ? t('privacy.notChecked')
      : failed > 0
        ? t('privacy.someFail', { n: failed })
        : t('privacy.allHold', { n: check.results.length, age: f.age(Math.max(0, now - check.at)) })
  return (
    <Sentence tone={check === null ? 'info' : failed > 0 ? 'danger' : 'ok'} icon="shield">
      <b>{inForce}</b> {examined}
    </Sentence>
  )
}

function Annex() {
  const { t } = useVoice()
  const file = '/api/v1/privacy/annex'
  return (
    <ActionMenu
      label={t('privacy.annex')}
      icon="download"
      lines={[
        ...languages.map(l => ({
          key: l.id,
          label: t('privacy.annexPdf', { language: l.name }),
          href: `${file}.pdf?language=${l.id}`,
        })),
        { key: 'json', label: t('privacy.annexJson'), href: `${file}.json`, apart: true },
      ]}
    >
      {t('privacy.annex')}
    </ActionMenu>
  )
}

function SelfCheck({ check }: { check: PrivacyCheck | null }) {
  const { t, f } = useVoice()
  const now = useNow()
  const client = useQueryClient()
  const examine = useMutation({
    mutationFn: () => call('POST', '/privacy/check'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['privacy', 'check'] }),
  })
  const holding = check?.results.filter(r => r.holds) ?? []
  const broken = check?.results.filter(r => !r.holds) ?? []
  return (
    <Section
      id="self-check"
      title={t('privacy.check')}
      hint={t('privacy.checkHint')}
      by={check && <Age at={check.at} ago focusable />}
    >
      <p>
        <Button icon="refresh" busy={examine.isPending} onClick={() => examine.mutate()}>
          {t('privacy.checkNow')}
        </Button>
      </p>
      <ProblemNote error={examine.error} />
      {broken.length > 0 && <Checks results={broken} />}
      {holding.length > 0 && (
        <details className="rest">
          <summary>
            <Icon name="right" />
            <State tone="ok">
              {t('privacy.allHold', { n: holding.length, age: f.age(Math.max(0, now - (check?.at ?? now))) })}
            </State>
          </summary>
          <Checks results={holding} />
        </details>
      )}
    </Section>
  )
}

function Checks({ results }: { results: PrivacyCheck['results'] }) {
  const { t } = useVoice()
  return (
    <ul className="lines privacy-checks">
      {results.map(r => (
        <li key={r.id}>
          <State tone={r.holds ? 'ok' : 'danger'}>
            {r.holds ? t('privacy.holds') : t('privacy.fails', { found: r.found ?? '' })}
          </State>
          <span className="mono" lang="en">
            {r.id}
          </span>
        </li>
      ))}
    </ul>
  )
}
