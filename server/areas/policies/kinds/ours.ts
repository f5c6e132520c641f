import type { KindSource, PolicyKind } from '../kind.ts'
import { app } from './app.ts'
import { certificates } from './certificates.ts'
import { appPermissions, kiosk, privateDns } from './dedicated.ts'
import { email } from './email.ts'
import { encryption } from './encryption.ts'
import { accounts, location, resetProtection, workAndPersonal } from './held.ts'
import { identity } from './identity.ts'
import { managedDomains, managedOpenIn } from './managed.ts'
import { osUpdate } from './os-update.ts'
import { passcode } from './passcode.ts'
import { restrictions } from './restrictions.ts'
import { homeScreen, lockScreen, singleApp } from './screens.ts'
import { vpn } from './vpn.ts'
import { webFilter } from './web-filter.ts'
import { wifi } from './wifi.ts'
import { workTime } from './work-time.ts'

const all: readonly PolicyKind[] = [
  passcode,
  restrictions,
  wifi,
  vpn,
  email,
  certificates,
  identity,
  encryption,
  osUpdate,
  webFilter,
  lockScreen,
  homeScreen,
  singleApp,
  managedDomains,
  managedOpenIn,
  workTime,
  app,
  kiosk,
  privateDns,
  appPermissions,
  workAndPersonal,
  location,
  accounts,
  resetProtection,
]
const byName = new Map(all.map(kind => [kind.kind, kind]))

/** The kinds of policy that we wrote ourselves, for every platform. */
export const ours: KindSource = { find: kind => byName.get(kind), list: () => all }
