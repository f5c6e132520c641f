import type { Json } from '../../../areas/policies/index.ts'

/** What a value of the kind adds to a policy: fields, entries of `applications` one by one, and keys that devices held so are not told. */
export interface VendorPart {
  readonly fields: { [key: string]: unknown }
  readonly apps: readonly { [key: string]: unknown }[]
  readonly left: readonly string[]
}

/** What reaches beyond the work profile of somebody's own device, or tells of it. */
const beyond = new Set(['locationMode', 'personalUsagePolicies', 'usageLog', 'deviceWidePolicies', 'wipeDataFlags'])
/** What such a device may be asked to report. */
const reported = new Set(['applicationReportsEnabled', 'softwareInfoEnabled', 'deviceSettingsEnabled'])

/** A value in Google's own words as a part of a policy; of somebody's own device only what stays inside its work profile. Pure. */
export function vendorPart(value: Json, mode: string): VendorPart {
  if (!isTable(value)) return { fields: {}, apps: [], left: [] }
  const { applications, ...rest } = value
  const apps = Array.isArray(applications) ? applications.filter(isTable).map(one => ({ ...one })) : []
  if (mode !== 'work-profile') return { fields: { ...rest }, apps, left: [] }
  const left = Object.keys(rest).filter(key => beyond.has(key))
  const fields: { [key: string]: unknown } = Object.fromEntries(
    Object.entries(rest).filter(([key]) => !beyond.has(key)),
  )
  const reporting = rest['statusReportingSettings']
  if (reporting !== undefined && isTable(reporting)) {
    const on = Object.entries(reporting).filter(([key, is]) => !reported.has(key) && is !== false)
    left.push(...on.map(([key]) => `statusReportingSettings/${key}`))
    fields['statusReportingSettings'] = Object.fromEntries(
      Object.entries(reporting).filter(([key]) => reported.has(key)),
    )
  }
  return { fields, apps, left }
}

function isTable(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
