/**
 * Every key, certificate and account at a vendor on which the fleet depends: who answers for it, by which account it was made, when it ends,
 * what stops then, and how it is renewed without losing devices.
 */
export {}
