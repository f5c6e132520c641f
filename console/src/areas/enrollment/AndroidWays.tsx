import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Invitation, InvitationLink } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Bones, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { Note } from '../../kit/State.tsx'
import { AndroidHow } from './AndroidHow.tsx'
import {
  type AndroidMode,
  androidModes,
  type AndroidWays as Ways,
  ownerOf,
  packageQuery,
  type SetUpWifi,
} from './android.ts'
import { SetUpNetwork } from './SetUpNetwork.tsx'

/** By what ways Android devices use an invitation: a code for new ones, a page for people's own, a cable for tests. Shown while its secret is at hand. */
export function AndroidWays({ invitation, link }: { invitation: Invitation; link: InvitationLink }) {
  const { t } = useVoice()
  const modes = androidModes.filter(one => invitation.ownership === 'unknown' || ownerOf(one) === invitation.ownership)
  const [mode, setMode] = useState<AndroidMode>(link.mode ?? modes[0] ?? 'fully-managed')
  const [wifi, setWifi] = useState<SetUpWifi | null>(null)
  const agent = useQuery(packageQuery)
  const secret = link.url.split('/').at(-1) ?? ''
  const able = mode === 'work-profile' || agent.data?.state === 'ready'
  const ways = useQuery({
    queryKey: ['invitation-ways', invitation.id, mode, wifi],
    queryFn: () =>
      call<Ways>('POST', `/invitations/${invitation.id}/provisioning`, {
        body: { secret, mode, ...wished(mode, wifi) },
      }),
    enabled: able,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <Section id="code" title={t('enroll.code')}>
      <div className="stack">
        {modes.length > 1 && <AndroidHow mode={mode} modes={modes} onChange={setMode} />}
        {agent.data && <AgentNote agent={agent.data} mode={mode} />}
        <ProblemNote error={ways.error} />
        {able && !ways.data && !ways.error && <Bones label={t('kit.loading')} />}
        {ways.data && <Shown ways={ways.data} mode={mode} name={invitation.name ?? invitation.unit.name} />}
        {mode !== 'work-profile' && able && <SetUpNetwork wifi={wifi} onChange={setWifi} />}
        <Note tone="attention" icon="eye">
          <p>{t('enroll.once')}</p>
        </Note>
      </div>
    </Section>
  )
}

function wished(mode: AndroidMode, wifi: SetUpWifi | null): object {
  if (mode === 'work-profile' || wifi === null) return {}
  const { ssid, password, hidden } = wifi
  return { wifi: { ssid, hidden, ...(password === '' ? { security: 'NONE' } : { security: 'WPA', password }) } }
}

function AgentNote({ agent, mode }: { agent: { state: string; publicAuthority: boolean }; mode: AndroidMode }) {
  const { t } = useVoice()
  const { state, publicAuthority } = agent
  const says = state === 'missing' || state === 'unreadable' ? (`android.package.${state}` as const) : null
  const untrusted = says === null && !publicAuthority && mode !== 'work-profile'
  if (says === null && !untrusted) return null
  return (
    <Note
      tone="attention"
      acts={
        <ButtonLink to="/settings/android" size="sm">
          {t('android.toSettings')}
        </ButtonLink>
      }
    >
      <p>{t(says ?? 'android.ownAuthority')}</p>
    </Note>
  )
}

function Shown({ ways, mode, name }: { ways: Ways; mode: AndroidMode; name: string }) {
  const { t } = useVoice()
  const { code, page, cable } = ways
  const personal = code === null
  const steps = personal
    ? (['android.page1', 'android.page2', 'android.page3'] as const)
    : (['android.code1', 'android.code2', 'android.code3'] as const)
  return (
    <>
      <div className="sheet">
        <h3 className="print-only">{name}</h3>
        <p className="print-only">{t(`enrollment.kind.${mode}`)}</p>
        <div className="qr-row">
          <QrCode
            svg={personal ? page.qrSvg : code.qrSvg}
            label={t(personal ? 'enroll.qrLabel' : 'android.qrLabel')}
            {...(personal ? {} : { size: 'big' as const })}
          />
          <ol className="how">
            {steps.map(step => (
              <li key={step}>{t(step)}</li>
            ))}
          </ol>
        </div>
      </div>
      {code && !code.easy && (
        <Note tone="attention">
          <p>{t('android.crowded', { bytes: code.bytes })}</p>
        </Note>
      )}
      <div>
        <Button size="sm" icon="download" onClick={() => window.print()}>
          {t('android.print')}
        </Button>
      </div>
      <div className="link-line">
        <span className="mono cut">{page.url}</span>
        <Copy text={page.url} label={t('enroll.copyLink')} words />
      </div>
      {cable.length > 0 && <Cable lines={cable} />}
    </>
  )
}

function Cable({ lines }: { lines: string[] }) {
  const { t } = useVoice()
  return (
    <details className="aside-way">
      <summary>{t('android.cable')}</summary>
      <p className="hint">{t('android.cableHint')}</p>
      <section className="code" aria-label={t('android.cable')}>
        <pre>{lines.join('\n')}</pre>
      </section>
      <Copy text={lines.join('\n')} label={t('android.copyCable')} words />
    </details>
  )
}
