import { checkAnchor } from './certificate.ts'
import { define } from './define.ts'
import { certificate, needed, plain, several } from './form.ts'

/** Authorities, and certificates of servers, that devices trust. */
export const certificates = define({
  kind: 'certificates',
  merge: 'instances',
  identity: 'name',
  keys: { name: needed(plain(100)), certificates: needed(several(certificate(), 50)) },
  honors: { '': 'i4 m10.7 t9 a5 w10 l' },
  also: ({ certificates: all }) =>
    Array.isArray(all) ? all.flatMap((one, at) => checkAnchor(one, `/certificates/${at}`)) : [],
})
