/** What the kinds that ask a device about itself have in common. */
export const inventory = {
  permission: 'devices:query',
  impact: 'read',
  destructive: false,
  secret: [],
  inventory: true,
  expiresInMs: 7 * 24 * 3_600_000,
} as const
