/**
 * Where devices were: fixes, sealed when they arrive, opened only for a reason that is written down.
 */
export {}
