import assert from 'node:assert/strict'
import { test } from 'node:test'
import { managementCatalog } from '@muster/wire/android/catalog/open.ts'
import { placed } from './section.ts'
import { policyKind, vendor } from './vendor.ts'
import { vendorPart } from './vendor-write.ts'

const kind = vendor.find(policyKind)
assert.ok(kind)
const { check, schema } = kind
const fields = [...managementCatalog().message('Policy').keys()].filter(f => f !== 'name' && f !== 'version')
const codes = (value: Parameters<typeof check>[0]): string[] => check(value).map(f => `${f.code} ${f.path}`)

test('every field of a policy can be found, stands below a heading, and is in the form', () => {
  const settings = kind.settings?.() ?? []
  assert.ok(fields.every(f => settings.includes(f)))
  assert.ok(settings.length > 330 && new Set(settings).size === settings.length)
  assert.ok(settings.includes('applications/permissionGrants/policy'))
  assert.deepEqual(
    placed.filter(f => !fields.includes(f)),
    [],
  )
  const { properties } = JSON.parse(JSON.stringify(schema)) as { properties: Record<string, { section?: string }> }
  assert.deepEqual(Object.keys(properties).toSorted(), fields.toSorted())
  assert.ok(Object.values(properties).every(one => one.section !== undefined))
})

test('faults are told in the words of all kinds; placeholders and secrets stand where they may', () => {
  assert.deepEqual(
    codes({ name: 'x', cameraAcess: 'A', addUserDisabled: 1, cameraAccess: 'NO', cameraDisabled: true }),
    [
      'value.unknown-key /name',
      'value.unknown-key /cameraAcess',
      'value.type /addUserDisabled',
      'value.not-offered /cameraAccess',
      'value.deprecated /cameraDisabled',
    ],
  )
  const apn = (password: unknown) => ({
    deviceConnectivityManagement: {
      apnPolicy: { apnSettings: [{ displayName: { $text: ['a', { $var: 'org.name' }] }, password }] },
    },
  })
  assert.deepEqual(codes(apn({ $secret: 'sec_1' }) as never), [])
  assert.deepEqual(codes(apn('in the open') as never), [
    'value.secret-in-the-open /deviceConnectivityManagement/apnPolicy/apnSettings/0/password',
  ])
  assert.deepEqual(codes({ addUserDisabled: { $text: ['a'] } }), ['value.form-misplaced /addUserDisabled'])
  assert.deepEqual(
    codes({ openNetworkConfiguration: { NetworkConfigurations: [{ WiFi: { Passphrase: { $secret: 's' } } }] } }),
    [],
  )
  assert.equal(kind.honors('ios', 'cameraAccess'), null)
  assert.deepEqual(kind.honors('android', 'cameraAccess'), { how: 'full' })
  assert.equal(kind.honors('android', 'cameraDisabled')?.how, 'partly')
})

test("of somebody's own device nothing beyond its work profile is said", () => {
  const value = {
    applications: [{ packageName: 'a.b' }],
    cameraAccess: 'CAMERA_ACCESS_DISABLED',
    locationMode: 'LOCATION_ENFORCED',
    usageLog: { enabledLogTypes: ['NETWORK_ACTIVITY_LOGS'] },
    statusReportingSettings: { applicationReportsEnabled: true, networkInfoEnabled: true, memoryInfoEnabled: false },
  }
  const own = vendorPart(value, 'fully-managed')
  assert.deepEqual({ ...own.fields, applications: own.apps }, value)
  assert.deepEqual(own.left, [])
  const personal = vendorPart(value, 'work-profile')
  assert.deepEqual(personal.fields, {
    cameraAccess: 'CAMERA_ACCESS_DISABLED',
    statusReportingSettings: { applicationReportsEnabled: true },
  })
  assert.deepEqual(personal.left, ['locationMode', 'usageLog', 'statusReportingSettings/networkInfoEnabled'])
  assert.deepEqual(vendorPart(null, 'dedicated'), { fields: {}, apps: [], left: [] })
})
