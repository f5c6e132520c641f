/**
 * Who there is and what they may do: orgs and their trees of units, the users who own devices, the admins who sign in,
 * and everything they prove themselves with (passwords, codes, sessions, links, API keys). Every permission is held through a role
 * on a unit and reaches all below it. Other areas hang their nouns on units and users and ask `demand` with the unit's path.
 */
export {
  type AssertionAnswer,
  assertionShape,
  beginAssertion,
  type RequestOptions,
  requestShape,
  verifyAssertion,
} from './assertion.ts'
export { givePower } from './granting.ts'
export { activeAdmins, adminKnownAs, adminsHolding, heldSince, type Holder, makersOf, rolesHolding } from './holding.ts'
export { type Power, type Restraint, restrainGrants } from './power.ts'
export { endAllSessions } from './session.ts'
export { demandStepUp, stepUpMs } from './step-up.ts'
export { again, authenticate, authorityNow } from './authenticate.ts'
export {
  addGroup,
  changeMembers,
  type Group,
  groupFor,
  groupOf,
  groupRefsOf,
  groupsNamed,
  groupsOf,
  removeGroup,
  usersOfGroup,
} from './group.ts'
export {
  bringBackUnit,
  keepUnit,
  keepUsers,
  type KeptUnit,
  type KeptUser,
  keptUser,
  restoreUsers,
  sameUser,
  setGroups,
  userWrite,
  type UserWrite,
  writeUsers,
} from './keeping.ts'
export { idsNamed, namesOf, nameOfActor } from './names.ts'
export { createOrg, locales, type Locale, type Org, orgs, ownOrg } from './org.ts'
export { type Permission, permissions, permissionsOf, type Role, roleIds, roles } from './permissions.ts'
export { deviceCounts, type Occupant, occupy } from './occupant.ts'
export { handOf, revokeKey, visibleKeys } from './key.ts'
export { type UnitRef, unitPaths, unitRefs, visibleUnits } from './tree.ts'
export { createKey, ensureSetup, type FirstOwner, setUp, signInLink } from './setup.ts'
export { siteOf } from './assertion.ts'
export { type SigningKey, signingKeys } from './signing-key.ts'
export { usersByUnit } from './user-store.ts'
export { addUnit, changeUnit, hangingOn, removeUnit, rootUnit, type Unit, unitFor, unitOf } from './unit.ts'
export {
  addUser,
  changeUser,
  listUsers,
  pageOfUsers,
  type Person,
  removeUser,
  type User,
  userFor,
  userOf,
  userOn,
  usersKnownAs,
  usersNamed,
  usersWith,
  usersWithin,
} from './user.ts'
