/**
 * Versions of operating systems: which there are, which devices can take them, and campaigns that bring them there in waves by a date.
 */
export {}
