import type { Invitation } from '../../contract.ts'
import type { Key } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'

/** How an invitation stands: open, used up, expired or taken back. */
export function standingOfInvitation(
  invitation: Pick<Invitation, 'revokedAt' | 'expiresAt' | 'uses' | 'used'>,
  now: number,
): { tone: ToneName; icon: IconName; label: Key } {
  if (invitation.revokedAt !== null) return { tone: 'none', icon: 'canceled', label: 'enroll.state.revoked' }
  if (invitation.uses !== null && invitation.used >= invitation.uses)
    return { tone: 'none', icon: 'check', label: 'enroll.state.used' }
  if (invitation.expiresAt <= now) return { tone: 'none', icon: 'pending', label: 'enroll.state.expired' }
  return { tone: 'ok', icon: 'ok', label: 'enroll.state.open' }
}

/** The steps of an enrollment, in order. */
export const enrollSteps = ['opened', 'downloaded', 'certificate', 'authenticate', 'token-update', 'ready'] as const
