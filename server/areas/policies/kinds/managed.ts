import { define } from './define.ts'
import { domain, flag, plain, several } from './form.ts'

const mailDomain = plain(253, { pattern: /^[^\s/:@*]+$/ })

/** Which domains are the org's own: what comes from them is managed, mail to others is marked. */
export const managedDomains = define({
  kind: 'managed-domains',
  merge: 'settings',
  keys: {
    web: several(domain(), 500),
    mail: several(mailDomain, 500),
    passwordAutoFill: several(domain(), 500),
    crossSiteTracking: several(domain(), 50),
  },
  rules: {
    web: { rule: 'union' },
    mail: { rule: 'union' },
    passwordAutoFill: { rule: 'union' },
    crossSiteTracking: { rule: 'union' },
  },
  honors: {
    web: 'i8!',
    mail: 'i8! m10.10!',
    passwordAutoFill: 'i9.3S!',
    crossSiteTracking: 'i16.2S! m13.1!',
  },
})

/** What may pass between the org's apps and people's own. Of several policies, the strictest counts. */
export const managedOpenIn = define({
  kind: 'managed-open-in',
  merge: 'settings',
  keys: {
    managedToPersonal: flag({ default: true, words: 'allow' }),
    personalToManaged: flag({ default: true, words: 'allow' }),
    personalReadsContacts: flag({ default: false, words: 'allow' }),
    managedWritesContacts: flag({ default: false, words: 'allow' }),
    clipboardFollows: flag({ default: false }),
    nearbySharingIsPersonal: flag({ default: false }),
  },
  rules: {
    managedToPersonal: { rule: 'strictest', by: 'false' },
    personalToManaged: { rule: 'strictest', by: 'false' },
    personalReadsContacts: { rule: 'strictest', by: 'false' },
    managedWritesContacts: { rule: 'strictest', by: 'false' },
    clipboardFollows: { rule: 'strictest', by: 'true' },
    nearbySharingIsPersonal: { rule: 'strictest', by: 'true' },
  },
  honors: {
    managedToPersonal: 'i7 a5~work-profile',
    personalToManaged: 'i7 a5~work-profile',
    personalReadsContacts: 'i12 a5~work-profile',
    managedWritesContacts: 'i12!',
    clipboardFollows: 'i15 a5~work-profile',
    nearbySharingIsPersonal: 'i9',
  },
})
