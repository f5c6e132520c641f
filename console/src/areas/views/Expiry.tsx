import { Link } from '@tanstack/react-router'
import type { HomeAnswer } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { State } from '../../kit/State.tsx'
import { expiryTone, lapseWord, purposeWord } from '../certificates/words.ts'

/** What does not work and what expires, soonest first; always on Home. */
export function Expiry({ lines, now }: { lines: HomeAnswer['expiry']; now: number }) {
  const voice = useVoice()
  const { t, f } = voice
  return (
    <section aria-labelledby="expiry" className="exp">
      <div className="sec-head">
        <h2 id="expiry">{t('home.expiry')}</h2>
        <Link className="by" to="/settings/certificates">
          {t('home.allCredentials', { n: lines.length })}
        </Link>
      </div>
      <table className="t inset">
        <caption className="vh">{t('home.expiryCaption')}</caption>
        <colgroup>
          <col />
          <col style={{ width: '96px' }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('certificates.credential')}</th>
            <th scope="col" className="num">
              {t('home.left')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, 7).map(line => (
            <tr key={line.id}>
              <th scope="row">
                <Link className="plain" to="/settings/certificates" hash={line.id}>
                  {purposeWord(voice, line.purpose, line.subject)}
                </Link>
                <span className="imp">{lapseWord(voice, line.breaks) ?? line.subject}</span>
              </th>
              <td className="num">
                <State tone={line.refused ? 'danger' : expiryTone(line.notAfter, now)}>
                  {line.refused
                    ? t('home.refused')
                    : line.notAfter <= now
                      ? t('certificates.over')
                      : f.age(line.notAfter - now)}
                </State>
                <span className="imp">{f.date(line.notAfter, now)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length === 0 && <p className="small muted">{t('home.noExpiry')}</p>}
    </section>
  )
}
