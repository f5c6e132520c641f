import { verify } from '../deliver/verify.ts'
import { profilesIn } from '../lists.ts'
import { mobile } from './eligibility.ts'
import { listQuery } from './list-query.ts'

/** Asks which profiles are installed. */
export const profilesQuery = listQuery({
  kind: 'profiles.query',
  requestType: 'ProfileList',
  managed: 'ManagedOnly',
  list: 'profiles',
  itemsIn: profilesIn,
  onListed: (ctx, { enrollment, account }, listed) => verify(ctx, { enrollment, account }, listed),
  terms: {
    on: { ...mobile('4.0'), macos: { since: '10.7' }, tvos: { since: '9.0' } },
    rights: ['inspectProfiles'],
    userEnrollment: true,
    accounts: ['macos'],
  },
})
