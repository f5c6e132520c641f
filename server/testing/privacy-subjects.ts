import { preset } from '../areas/privacy/index.ts'
import type { Class } from './subjects.ts'

const same: Class = { for: 'same' }
const whole: Class = { for: 'whole' }
const open: Class = {
  for: 'open',
  why: 'names a charter, which belongs to the org; who may sign it is asked in areas/privacy',
}
const device = (body?: unknown): Class => ({ for: 'thing', of: 'device', body })
const why = 'to see whether it is refused'

/** Whom the routes of charters and looks are for. The charter belongs to the org, and whoever may read charters reads the whole of it. */
export const privacyClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/privacy/charter': same,
  'GET /api/v1/privacy/charters': same,
  'GET /api/v1/privacy/charters/:id': open,
  'GET /api/v1/privacy/presets': same,
  'GET /api/v1/privacy/retention': same,
  'GET /api/v1/privacy/check': same,
  'POST /api/v1/privacy/check': whole,
  'GET /api/v1/privacy/annex.pdf': same,
  'GET /api/v1/privacy/annex.json': same,
  'GET /api/v1/privacy/signers': whole,
  'GET /api/v1/privacy/looks': whole,
  'GET /api/v1/privacy/charter/changes': same,
  'POST /api/v1/privacy/charter/changes': { for: 'whole', body: { rules: preset('strict'), why } },
  'POST /api/v1/privacy/charter/changes/:id/signature-options': open,
  'POST /api/v1/privacy/charter/changes/:id/sign': open,
  'POST /api/v1/privacy/charter/changes/:id/refuse': open,
  'POST /api/v1/devices/:id/looks': device({ what: 'apps', purpose: why }),
  'GET /api/v1/devices/:id/looks': device(),
  'POST /api/v1/devices/:id/consents': device({ action: 'lock', reason: why }),
  'PUT /api/v1/devices/:id/legal-hold': device({ reason: why }),
  'DELETE /api/v1/devices/:id/legal-hold': device(),
}
