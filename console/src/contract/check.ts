/*
 * Holds the console's shapes against the generated contract of the API: a field that a screen reads and the API does not
 * answer fails the type check. Nothing here runs.
 */
import type { paths } from '@muster/api/schema.d.ts'
import type * as c from '../contract.ts'
import type * as a from './alerts.ts'
import type * as b from './blueprints.ts'
import type * as cu from './custody.ts'
import type * as cp from './compliance.ts'
import type * as p from './policies.ts'
import type * as r from './rollouts.ts'

type Answer<P extends keyof paths> = paths[P]['get'] extends {
  responses: { 200: { content: { 'application/json': infer A } } }
}
  ? A
  : never
type Item<P extends keyof paths> = Answer<P> extends { items: (infer I)[] } ? I : never
type Missing<Mine, Theirs> = Exclude<keyof Mine, keyof Theirs>
type Holds<Mine, Theirs> = [Theirs] extends [never]
  ? 'no such answer'
  : [Missing<Mine, Theirs>] extends [never]
    ? true
    : Missing<Mine, Theirs>

/** True for each shape whose every field is answered; else the type names the fields that are not. */
export interface Checks {
  session: Holds<c.Session, Answer<'/api/v1/session'>>
  admin: Holds<c.Session['admin'], Answer<'/api/v1/session'>['admin']>
  home: Holds<c.HomeAnswer, Answer<'/api/v1/home'>>
  decision: Holds<c.Decision, Answer<'/api/v1/home'>['decisions'][number]>
  fleet: Holds<c.HomeAnswer['fleet']['byPlatform'][number], Answer<'/api/v1/home'>['fleet']['byPlatform'][number]>
  row: Holds<c.DeviceRow, Item<'/api/v1/devices'>>
  device: Holds<c.Device, Answer<'/api/v1/devices/{id}'>>
  fact: Holds<c.Fact, Answer<'/api/v1/devices/{id}'>['facts'][number]>
  enrollment: Holds<c.Enrollment, Answer<'/api/v1/devices/{id}'>['enrollments'][number]>
  timeline: Holds<c.TimelineEntry, Item<'/api/v1/devices/{id}/timeline'>>
  command: Holds<c.Command, Answer<'/api/v1/commands/{id}'>>
  certificate: Holds<c.Certificate, Item<'/api/v1/certificates'>>
  push: Holds<c.ApplePush, Answer<'/api/v1/push/apple'>>
  keeping: Holds<cu.Keeping, Item<'/api/v1/custody'>>
  externalAccount: Holds<cu.ExternalAccount, Item<'/api/v1/external-accounts'>>
  pushRenewal: Holds<cu.PushRenewal, Answer<'/api/v1/push/apple/renewal'>>
  pushSigner: Holds<cu.PushSigner, Item<'/api/v1/push/apple/signers'>>
  pastPush: Holds<cu.PastPush, Item<'/api/v1/push/apple/past'>>
  setupCheck: Holds<cu.SetupCheckAnswer, Answer<'/api/v1/setup-check'>>
  event: Holds<c.LogEvent, Item<'/api/v1/events'>>
  integrity: Holds<c.Integrity, Answer<'/api/v1/events/integrity'>>
  invitation: Holds<c.Invitation, Answer<'/api/v1/invitations/{id}'>>
  unit: Holds<c.Unit, Item<'/api/v1/units'>>
  user: Holds<c.User, Item<'/api/v1/users'>>
  adminRow: Holds<c.Admin, Item<'/api/v1/admins'>>
  key: Holds<c.ApiKey, Item<'/api/v1/api-keys'>>
  mySession: Holds<c.MySession, Item<'/api/v1/me/sessions'>>
  view: Holds<c.SavedView, Item<'/api/v1/views'>>
  policyRow: Holds<p.PolicyRow, Item<'/api/v1/policies'>>
  policy: Holds<p.Policy, Answer<'/api/v1/policies/{id}'>>
  version: Holds<p.PolicyVersion, Item<'/api/v1/policies/{id}/versions'>>
  coverage: Holds<p.Coverage, Answer<'/api/v1/policies/{id}/coverage'>>
  policyDevice: Holds<p.PolicyDevice, Item<'/api/v1/policies/{id}/devices'>>
  kind: Holds<p.KindRow, Item<'/api/v1/policy-kinds'>>
  kindWhole: Holds<p.Kind, Answer<'/api/v1/policy-kinds/{kind}'>>
  setting: Holds<p.SettingHit, Item<'/api/v1/settings-search'>>
  preview: Holds<p.Preview, Answer<'/api/v1/previews/{id}'>>
  group: Holds<p.EffectGroup, Answer<'/api/v1/previews/{id}'>['groups'][number]>
  blueprintRow: Holds<b.BlueprintRow, Item<'/api/v1/blueprints'>>
  blueprint: Holds<b.Blueprint, Answer<'/api/v1/blueprints/{id}'>>
  assignment: Holds<b.Assignment, Answer<'/api/v1/blueprints/{id}'>['assignments'][number]>
  rollout: Holds<r.Rollout, Answer<'/api/v1/rollouts/{id}'>>
  trial: Holds<r.Trial, Item<'/api/v1/devices/{id}/trials'>>
  policyTest: Holds<p.PolicyTest, Item<'/api/v1/policy-tests'>>
  alert: Holds<a.Alert, Item<'/api/v1/alerts'>>
  alertPage: Holds<a.AlertPage, Answer<'/api/v1/alerts/{id}'>>
  alertSummary: Holds<a.AlertSummary, Answer<'/api/v1/alerts/summary'>>
  alertRules: Holds<a.AlertRules, Answer<'/api/v1/alerts/settings'>>
  notifications: Holds<a.Notifications, Answer<'/api/v1/me/notifications'>>
  mail: Holds<a.MailStanding, Answer<'/api/v1/mail'>>
  outboxMail: Holds<a.OutboxMail, Item<'/api/v1/mail/outbox'>>
  rule: Holds<cp.Rule, Answer<'/api/v1/rules/{id}'>>
  deviceCompliance: Holds<cp.DeviceCompliance, Answer<'/api/v1/devices/{id}/compliance'>>
  compliance: Holds<cp.ComplianceSummary, Answer<'/api/v1/compliance'>>
  exception: Holds<cp.RuleException, Answer<'/api/v1/exceptions/{id}'>>
  template: Holds<cp.Template, Answer<'/api/v1/rules/templates'>['items'][number]>
  search: Holds<c.SearchAnswer, Answer<'/api/v1/search'>>
}

type AllHold = { [K in keyof Checks]: Checks[K] extends true ? never : [K, Checks[K]] }[keyof Checks]

/** Compiles only while every shape holds; the error names the shape and its fields. */
export const allHold: [AllHold] extends [never] ? true : AllHold = true
