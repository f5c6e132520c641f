import { listIn, type Table, tableIn } from './refusal.ts'
import type { Phone } from './world.ts'

/** Settings that a work profile has not, and from which release of the system there are some. */
const deviceOnly = [
  'statusBarDisabled',
  'kioskCustomLauncherEnabled',
  'addUserDisabled',
  'factoryResetDisabled',
  'locationMode',
  'microphoneAccess',
]
const since: Readonly<Record<string, number>> = {
  crossProfilePolicies: 30,
  personalUsagePolicies: 30,
  cameraAccess: 28,
  microphoneAccess: 31,
  preferentialNetworkService: 31,
}
const qualities: Readonly<Record<string, Phone['password']>> = {
  SOMETHING: 'low',
  COMPLEXITY_LOW: 'low',
  NUMERIC: 'low',
  COMPLEXITY_MEDIUM: 'medium',
  NUMERIC_COMPLEX: 'medium',
  ALPHABETIC: 'medium',
  ALPHANUMERIC: 'medium',
  COMPLEX: 'high',
  COMPLEXITY_HIGH: 'high',
}
const strength = ['none', 'low', 'medium', 'high'] as const
const installed = new Set(['FORCE_INSTALLED', 'REQUIRED_FOR_SETUP', 'KIOSK', 'PREINSTALLED'])

/** What a phone makes of a policy: the apps it has afterwards, and what it could not do. It looks at a part of what a policy can say. */
export function judge(phone: Phone, policy: Table): { apps: Map<string, Table>; problems: Table[] } {
  const problems: Table[] = []
  const minimum = Number(policy['minimumApiLevel'] ?? 0)
  if (minimum > phone.apiLevel) problems.push(problem('minimumApiLevel', 'API_LEVEL', { currentValue: phone.apiLevel }))
  for (const key of Object.keys(policy)) {
    if (phone.mode === 'PROFILE_OWNER' && deviceOnly.includes(key) && policy[key] !== false)
      problems.push(problem(key, 'MANAGEMENT_MODE'))
    else if ((since[key] ?? 0) > phone.apiLevel) problems.push(problem(key, 'API_LEVEL'))
  }
  for (const one of listIn(policy['passwordPolicies'])) {
    const wanted = qualities[String(tableIn(one)?.['passwordQuality'])] ?? 'none'
    if (strength.indexOf(wanted) > strength.indexOf(phone.password))
      problems.push(
        problem('passwordPolicies', 'USER_ACTION', {
          specificNonComplianceReason: 'PASSWORD_POLICIES_PASSWORD_NOT_SUFFICIENT',
        }),
      )
  }
  const apps = new Map(phone.apps)
  for (const one of listIn(policy['applications'])) judgeApp(phone, { wish: tableIn(one) ?? {}, apps, problems })
  return { apps, problems }
}

function judgeApp(
  phone: Phone,
  { wish, apps, problems }: { wish: Table; apps: Map<string, Table>; problems: Table[] },
): void {
  const name = String(wish['packageName'])
  const type = String(wish['installType'] ?? 'AVAILABLE')
  if (type === 'BLOCKED' && apps.has(name)) {
    if (phone.stubborn.has(name)) problems.push(problem('applications', 'APP_INSTALLED', { packageName: name }))
    else apps.delete(name)
  }
  if (!installed.has(type) && !listIn(wish['roles']).some(r => tableIn(r)?.['roleType'] === 'KIOSK')) return
  if (phone.unavailable.has(name)) {
    const more = { packageName: name, installationFailureReason: 'NOT_FOUND' }
    problems.push(problem('applications', 'APP_NOT_INSTALLED', more))
    return
  }
  const least = Number(wish['minimumVersionCode'] ?? 0)
  const has = Number(apps.get(name)?.['versionCode'] ?? 0)
  if (!apps.has(name) || has < least) apps.set(name, appTold(name, Math.max(least, 1)))
}

/** An app as a report tells of it. */
export function appTold(packageName: string, versionCode = 1, more: Table = {}): Table {
  return {
    packageName,
    displayName: packageName.split('.').pop(),
    versionName: `${versionCode}.0`,
    versionCode,
    state: 'INSTALLED',
    applicationSource: 'INSTALLED_FROM_PLAY_STORE',
    installerPackageName: 'com.android.vending',
    userFacingType: 'USER_FACING',
    ...more,
  }
}

function problem(settingName: string, nonComplianceReason: string, more: Table = {}): Table {
  return { settingName, nonComplianceReason, ...more }
}
