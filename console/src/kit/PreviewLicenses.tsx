import { useId } from 'react'
import type { LicenseCount, LicenseShift } from '../contract/policies.ts'
import { useVoice } from '../i18n/index.tsx'
import { langOf } from './names.ts'
import { State } from './State.tsx'

/** What a change does to licenses, app by app: how many come back, how many are taken, how many were free before and how many are missing then. */
export function PreviewLicenses({ licenses = [] }: { licenses?: readonly LicenseCount[] | undefined }) {
  const { t, f } = useVoice()
  const id = useId()
  if (licenses.length === 0) return null
  return (
    <section className="preview-licenses" aria-labelledby={id}>
      <h3 id={id}>{t('preview.licenses')}</h3>
      <table className="t inset">
        <thead>
          <tr>
            <th scope="col">{t('preview.licensesApp')}</th>
            <th scope="col" className="num">
              {t('preview.licensesBack')}
            </th>
            <th scope="col" className="num">
              {t('preview.licensesTaken')}
            </th>
            <th scope="col" className="num">
              {t('preview.licensesFree')}
            </th>
            <th scope="col" className="num">
              {t('preview.licensesShort')}
            </th>
          </tr>
        </thead>
        <tbody>
          {licenses.map(one => (
            <tr key={one.app}>
              <th scope="row" lang={langOf(one.name)} data-name="">
                {one.name}
              </th>
              <td className="num">{f.number(one.returned)}</td>
              <td className="num">{f.number(one.taken)}</td>
              <td className="num">{t('preview.licensesFreeOf', { free: one.free, total: one.total })}</td>
              <td className="num">
                {one.short > 0 ? <State tone="danger">{f.number(one.short)}</State> : f.number(0)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The same for the devices of one group, in the manner of what else changes for them. */
export function GroupLicenses({ licenses = [] }: { licenses?: readonly LicenseShift[] | undefined }) {
  const { t, rich } = useVoice()
  const lines = licenses.flatMap(({ app, name, taken, returned }) => [
    ...(returned > 0 ? [{ app, name, n: returned, what: 'returned', look: 'd-del' } as const] : []),
    ...(taken > 0 ? [{ app, name, n: taken, what: 'taken', look: 'd-add' } as const] : []),
  ])
  if (lines.length === 0) return null
  return (
    <ul className="diff">
      {lines.map(({ app, name, n, what, look }) => (
        <li key={`${what}${app}`}>
          <span className={`d ${look}`}>{t(`preview.licenseSign.${what}`)}</span>
          <span className="effect">{rich('preview.license', { n, name })}</span>
        </li>
      ))}
    </ul>
  )
}
