import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'

interface Standing {
  mail: 'ready' | 'no-mail' | 'no-address'
  link: { sent: 'mail' | 'show'; createdAt: number; expiresAt: number } | null
  visits: { id: string; lastSeenAt: number }[]
}

interface Made {
  url: string | null
  qrSvg: string | null
  to: string | null
  expiresAt: number
}

/** The way onto a person's own page: a link that is mailed to them or shown, and the end of what is open. */
export function PersonalLink({ person }: { person: { id: string } }) {
  const { t, f } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const queryKey = ['portal', person.id]
  const standing = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<Standing>(`/users/${person.id}/portal`, {}, signal),
    enabled: can('portal:invite'),
  })
  const again = () => client.invalidateQueries({ queryKey })
  const make = useMutation({
    mutationFn: (send: 'mail' | 'show') => call<Made>('POST', `/users/${person.id}/portal-link`, { body: { send } }),
    onSuccess: again,
  })
  const end = useMutation({
    mutationFn: () => call('DELETE', `/users/${person.id}/portal`),
    onSuccess: async () => {
      make.reset()
      await again()
    },
  })
  if (!can('portal:invite') || !standing.data) return null
  const { mail, link, visits } = standing.data
  const made = make.data
  return (
    <Section id="portal" title={t('portal.title')} hint={t('portal.hint')}>
      <div className="stack narrow">
        <p className="small muted">{state()}</p>
        {made?.url && made.qrSvg && (
          <div className="qr-row">
            <QrCode svg={made.qrSvg} label={t('portal.qr')} />
            <div>
              <Note tone="attention" icon="eye">
                <p>{t('portal.once', { at: f.dateTime(made.expiresAt) })}</p>
              </Note>
              <p className="mono small once">{made.url}</p>
              <Copy text={made.url} label={t('portal.copy')} words />
            </div>
          </div>
        )}
        {made?.to && (
          <Note tone="ok" role="status">
            <p>{t('portal.sent', { to: made.to })}</p>
          </Note>
        )}
        <ProblemNote error={make.error ?? end.error} />
        <div className="pair-acts">
          {mail === 'ready' && (
            <Button icon="send" busy={make.isPending} onClick={() => make.mutate('mail')}>
              {t('portal.mail')}
            </Button>
          )}
          <Button icon="qr" busy={make.isPending} onClick={() => make.mutate('show')}>
            {t('portal.show')}
          </Button>
          {(link || visits.length > 0) && (
            <Button variant="quiet" icon="canceled" busy={end.isPending} onClick={() => end.mutate()}>
              {t('portal.end')}
            </Button>
          )}
        </div>
        {mail !== 'ready' && <p className="small muted">{t(`portal.${mail}`)}</p>}
      </div>
    </Section>
  )

  function state(): string {
    const seen = visits[0]
    if (seen) return t('portal.open', { n: visits.length, at: f.dateTime(seen.lastSeenAt) })
    return link ? t('portal.waits', { at: f.dateTime(link.expiresAt) }) : t('portal.none')
  }
}
