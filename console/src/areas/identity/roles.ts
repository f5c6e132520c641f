import type { Role } from '../../contract.ts'

/** The built-in roles, most powerful first. */
export const roleIds: readonly Role[] = ['owner', 'admin', 'help-desk', 'operator', 'auditor', 'read-only']
