/**
 * Keys and passwords of devices that only the organization may still know when everything else fails. Each is kept before it leaves, becomes
 * current when the device confirms it, and is never forgotten; every view has a purpose and is seen.
 */
export {}
