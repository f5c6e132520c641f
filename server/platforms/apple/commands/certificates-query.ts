import { certificatesIn } from '../lists.ts'
import { mobile } from './eligibility.ts'
import { listQuery } from './list-query.ts'

/** Asks which certificates are installed. */
export const certificatesQuery = listQuery({
  kind: 'certificates.query',
  requestType: 'CertificateList',
  managed: 'ManagedOnly',
  list: 'certificates',
  itemsIn: certificatesIn,
  terms: {
    on: { ...mobile('4.0'), macos: { since: '10.7' }, tvos: { since: '9.0' } },
    rights: ['inspectProfiles'],
    userEnrollment: true,
    accounts: ['macos'],
  },
})
