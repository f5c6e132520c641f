import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import '../../kit/css/compliance.css'
import { get } from '../../api.ts'
import type { ComplianceState, Severity } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { langOf } from '../../kit/names.ts'
import { Section } from '../../kit/Page.tsx'
import { useCan } from '../../session.tsx'
import { SeverityMark, VerdictMark } from './marks.tsx'

interface Line {
  id: string
  name: string
  state: ComplianceState
  violating: number
  severity: Severity | null
}

/** How the devices of a person stand; nothing where no rule applies to them. */
export function PersonCompliance({ user }: { user: string }) {
  const { t } = useVoice()
  const can = useCan()
  const answer = useQuery({
    queryKey: ['compliance', 'user', user],
    enabled: can('compliance:read'),
    queryFn: ({ signal }) => get<{ devices: Line[] }>(`/users/${user}/compliance`, {}, signal),
  })
  const lines = answer.data?.devices ?? []
  if (lines.length === 0) return null
  return (
    <Section id="compliance" title={t('compliance.title')}>
      <ul className="verdict-list">
        {lines.map(one => (
          <li key={one.id}>
            <VerdictMark verdict={one.state} />
            <Link
              to="/devices/$device"
              params={{ device: one.id }}
              search={{ tab: 'compliance' }}
              lang={langOf(one.name)}
            >
              {one.name}
            </Link>
            <span>{one.severity && <SeverityMark severity={one.severity} />}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
