import { badRequest, listIn, Refusal, type Table, tableIn, tablesIn } from './refusal.ts'
import { bodyOf, masked, maskOf } from './body.ts'
import { planContact } from './phones.ts'
import type { Enterprise, Policy, World } from './world.ts'

const fixed = ['name', 'version']

/** A policy as it is answered. */
export function policyTold({ name, version, body }: Policy): Table {
  return { ...body, name, version: String(version) }
}

/** Creates or changes a policy; every phone that has it hears of it. */
export function patchPolicy(
  world: World,
  enterprise: Enterprise,
  { id, bytes, mask: text }: { id: string; bytes: Uint8Array; mask: string | null },
): Table {
  if (!/^[\w.~-]{1,200}$/.test(id)) throw badRequest('The policy name is invalid.', [])
  const { name: _, version: __, ...wish } = bodyOf('Policy', bytes)
  const mask = maskOf('Policy', text, fixed)
  const name = `${enterprise.name}/policies/${id}`
  const old = enterprise.policies.get(name)
  return change(world, enterprise, {
    name,
    version: old?.version ?? 0,
    body: mask ? masked(old?.body ?? {}, wish, mask) : wish,
  })
}

/** Changes single apps of a policy without sending the rest. */
export function modifyApplications(
  world: World,
  enterprise: Enterprise,
  { policy, bytes }: { policy: Policy; bytes: Uint8Array },
): Table {
  const changes = tablesIn(bodyOf('ModifyPolicyApplicationsRequest', bytes)['changes'])
  if (changes.length === 0) throw badRequest('There must be at least one change.', [])
  const applications = tablesIn(policy.body['applications'])
  for (const { application, updateMask } of changes) {
    const wish = tableIn(application)
    const packageName = wish?.['packageName']
    if (!wish || typeof packageName !== 'string') throw badRequest('A package name is needed.', [])
    const mask = maskOf('ApplicationPolicy', typeof updateMask === 'string' ? updateMask : null, ['packageName'])
    const at = applications.findIndex(a => a['packageName'] === packageName)
    const old = applications[at] ?? { packageName }
    const made = mask ? masked(old, wish, mask) : wish
    if (at < 0) applications.push(made)
    else applications[at] = made
  }
  // The limits of the whole are looked at again.
  bodyOf('Policy', Buffer.from(JSON.stringify({ applications })))
  return { policy: change(world, enterprise, { ...policy, body: { ...policy.body, applications } }) }
}

/** Takes apps out of a policy. */
export function removeApplications(
  world: World,
  enterprise: Enterprise,
  { policy, bytes }: { policy: Policy; bytes: Uint8Array },
): Table {
  const names = listIn(bodyOf('RemovePolicyApplicationsRequest', bytes)['packageNames'])
  if (names.length === 0) throw badRequest('There must be at least one package name.', [])
  const applications = listIn(policy.body['applications']).filter(a => !names.includes(tableIn(a)?.['packageName']))
  return { policy: change(world, enterprise, { ...policy, body: { ...policy.body, applications } }) }
}

/** Deletes a policy that no phone has. */
export function deletePolicy(enterprise: Enterprise, policy: Policy): Table {
  if ([...enterprise.phones.values()].some(p => p.policyName === policy.name && !p.deleted))
    throw new Refusal('FAILED_PRECONDITION', 'The policy is still referenced by devices.')
  enterprise.policies.delete(policy.name)
  return {}
}

function change(world: World, enterprise: Enterprise, policy: Policy): Table {
  const made = { ...policy, version: policy.version + 1 }
  enterprise.policies.set(policy.name, made)
  for (const phone of enterprise.phones.values()) if (phone.policyName === policy.name) planContact(world, phone)
  return policyTold(made)
}
