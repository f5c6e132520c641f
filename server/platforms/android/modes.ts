/** How a device can be held: a whole device, one for a purpose, a company device with a work profile, a work profile on somebody's own. */
export const modes = ['fully-managed', 'dedicated', 'company-profile', 'work-profile'] as const
export type Mode = (typeof modes)[number]

/** What Google calls what a token allows. A device for one purpose has nobody who signs in. */
export const personalUsage: Readonly<Record<Mode, string>> = {
  'fully-managed': 'PERSONAL_USAGE_DISALLOWED',
  dedicated: 'PERSONAL_USAGE_DISALLOWED_USERLESS',
  'company-profile': 'PERSONAL_USAGE_ALLOWED',
  'work-profile': 'PERSONAL_USAGE_ALLOWED',
}

/** The mode of this name. */
export function modeOf(text: string): Mode | undefined {
  return modes.find(m => m === text)
}

/** How a device is really held, whatever the token was for: what it says of itself decides, and what was for somebody's own device is never taken for the org's. */
export function modeIn(
  said: { managementMode?: string | undefined; ownership?: string | undefined },
  asked: Mode,
): Mode {
  if (said.ownership === 'PERSONALLY_OWNED' || asked === 'work-profile') return 'work-profile'
  if (said.managementMode === 'PROFILE_OWNER')
    return said.ownership === 'COMPANY_OWNED' ? 'company-profile' : 'work-profile'
  return asked === 'dedicated' ? 'dedicated' : 'fully-managed'
}
