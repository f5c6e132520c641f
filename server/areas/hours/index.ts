/**
 * Working time: weekly windows with their zone, holidays and exceptions, and what is left of a device outside of them.
 */
export {}
