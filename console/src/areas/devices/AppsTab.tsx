import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Page } from '../../contract.ts'
import type { DataType } from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { DeviceApps } from '../apps/DeviceApps.tsx'
import { GatePanel } from '../privacy/GatePanel.tsx'
import { type AppRow, type CertificateRow, deviceListQuery, type ProfileRow } from './queries.ts'

/** What is installed: apps, profiles and certificates, as the device last reported them. */
export function AppsTab({ device }: { device: string }) {
  const { t, f } = useVoice()
  const apps = useQuery(deviceListQuery<AppRow>(device, 'apps'))
  const profiles = useQuery(deviceListQuery<ProfileRow>(device, 'profiles'))
  const certificates = useQuery(deviceListQuery<CertificateRow>(device, 'certificates'))
  const managed = (value: boolean | null | undefined) =>
    value === null || value === undefined ? '–' : value ? t('apps.managed') : t('apps.own')
  return (
    <>
      <DeviceApps device={device} />
      <Reported
        id="apps"
        title={t('apps.apps')}
        query={apps}
        gated={apps.data?.gated && <GatePanel device={device} what={[apps.data.gated]} />}
        heads={[t('apps.name'), t('apps.identifier'), t('apps.version'), t('apps.size'), t('apps.by')]}
        keyOf={row => `${row.identifier}${row.version}`}
        row={row => [
          row.name ?? row.identifier,
          <span key="id" className="mono soft">
            {row.identifier}
          </span>,
          row.shortVersion ?? row.version,
          row.bundleSize ? f.bytes(row.bundleSize) : '–',
          managed(row.managed),
        ]}
        numbers={[3]}
      />
      <Reported
        id="profiles"
        title={t('apps.profiles')}
        query={profiles}
        heads={[t('apps.name'), t('apps.identifier'), t('apps.by')]}
        keyOf={row => row.identifier}
        row={row => [
          row.displayName ?? row.name ?? row.identifier,
          <span key="id" className="mono soft">
            {row.identifier}
          </span>,
          managed(row.managed),
        ]}
      />
      <Reported
        id="certificates"
        title={t('apps.certificates')}
        query={certificates}
        heads={[t('apps.name'), t('apps.identityCol'), t('certificates.expires')]}
        keyOf={row => `${row.commonName}${row.subject}${row.notAfter}`}
        row={row => [
          isOurs(row) ? t('apps.ownIdentity') : (row.commonName ?? row.subject ?? '–'),
          (row.isIdentity ?? row.identity) ? t('kit.yes') : t('kit.no'),
          row.notAfter ? f.date(row.notAfter) : '–',
        ]}
        numbers={[2]}
      />
    </>
  )
}

/** We name the identities of devices by what they came through, which says nothing to people. */
const isOurs = ({ commonName, subject }: CertificateRow): boolean =>
  /^(arv|enr|dev)_[\da-f-]{30,}$/.test(commonName ?? subject ?? '')

function Reported<T extends { seenAt?: number | null }>(props: {
  id: string
  title: string
  query: UseQueryResult<Page<T> & { gated?: DataType | null }>
  heads: string[]
  keyOf(row: T): string
  row(row: T): ReactNode[]
  numbers?: number[]
  /** What stands there until somebody says why they look. */
  gated?: ReactNode
}) {
  const { t, f } = useVoice()
  const rows = props.query.data?.items ?? []
  const seen = rows[0]?.seenAt
  const num = (at: number) => (props.numbers?.includes(at) ? 'num' : undefined)
  return (
    <Section
      id={props.id}
      title={props.title}
      hint={rows.length > 0 ? f.number(rows.length) : null}
      by={seen ? <Age at={seen} ago focusable /> : null}
    >
      <ProblemNote error={props.query.error} />
      {props.gated}
      {props.query.isPending && <Bones label={t('kit.loading')} />}
      {props.query.data && rows.length === 0 && !props.gated && (
        <Empty title={t('apps.none')}>{t('apps.noneText')}</Empty>
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: not a set of fields; a name for what scrolls
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <div className="scroll-x" role="group" tabIndex={0} aria-label={props.title}>
          <table className="t inset reported">
            <caption className="vh">{props.title}</caption>
            <thead>
              <tr>
                {props.heads.map((head, at) => (
                  <th key={head} scope="col" className={num(at)}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={props.keyOf(row)}>
                  {props.row(row).map((cell, at) =>
                    at === 0 ? (
                      <th key={props.heads[at]} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={props.heads[at]} className={num(at)}>
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
