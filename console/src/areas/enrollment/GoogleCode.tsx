import { useQuery } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Invitation } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Bones, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { Note } from '../../kit/State.tsx'
import type { AndroidMode } from './android.ts'

interface Token {
  mode: AndroidMode
  state: 'wanted' | 'there' | 'refused'
  problem: string | null
  qrSvg: string | null
  link: string | null
  code: string | null
}

const whole = ['android.code1', 'google.code2', 'google.code3'] as const
const own = ['google.own1', 'google.own2', 'google.own3'] as const

/** The code by which devices enroll through Google. Google made it; it is drawn here and can be shown again while it holds. */
export function GoogleCode({ invitation }: { invitation: Invitation }) {
  const { t } = useVoice()
  const token = useQuery({
    queryKey: ['invitations', invitation.id, 'google'],
    queryFn: ({ signal }) => get<Token>(`/android-tokens/${invitation.id}`, {}, signal),
    refetchInterval: ({ state: { data } }) => (data?.state === 'wanted' ? 1500 : false),
  })
  const { data } = token
  return (
    <Section id="code" title={t('enroll.code')}>
      <div className="stack">
        <ProblemNote error={token.error} />
        {!data && !token.error && <Bones label={t('kit.loading')} />}
        {data?.state === 'wanted' && (
          <Note tone="pending" role="status">
            <p>{t('google.codeComing')}</p>
          </Note>
        )}
        {data?.state === 'refused' && (
          <Note tone="danger">
            <p>{t('explained.androidManagement.refused')}</p>
            <p className="mono small" lang="en">
              {data.problem}
            </p>
          </Note>
        )}
        {data?.state === 'there' && data.qrSvg === null && (
          <Note tone="info">
            <p>{t('google.codeGone')}</p>
          </Note>
        )}
        {data?.qrSvg && <Shown token={data} svg={data.qrSvg} name={invitation.name ?? invitation.unit.name} />}
      </div>
    </Section>
  )
}

function Shown({ token, svg, name }: { token: Token; svg: string; name: string }) {
  const { t } = useVoice()
  const personal = token.mode === 'work-profile'
  return (
    <>
      <div className="sheet">
        <h3 className="print-only">{name}</h3>
        <p>{t(`enrollment.kind.${token.mode}`)}</p>
        <div className="qr-row">
          <QrCode
            svg={svg}
            label={t(personal ? 'enroll.qrLabel' : 'android.qrLabel')}
            {...(personal ? {} : { size: 'big' as const })}
          />
          <ol className="how">
            {(personal ? own : whole).map(step => (
              <li key={step}>{t(step)}</li>
            ))}
          </ol>
        </div>
      </div>
      <div>
        <Button size="sm" icon="download" onClick={() => window.print()}>
          {t('android.print')}
        </Button>
      </div>
      {token.link !== null && (
        <div className="link-line">
          <span className="mono cut">{token.link}</span>
          <Copy text={token.link} label={t('enroll.copyLink')} words />
        </div>
      )}
      {token.code !== null && (
        <div className="link-line">
          <span className="hint">{t('google.typed')}</span>
          <span className="mono cut">{token.code}</span>
          <Copy text={token.code} label={t('google.copyCode')} />
        </div>
      )}
    </>
  )
}
