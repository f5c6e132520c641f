/**
 * What may be collected and commanded, on whose devices: the charter as data. Rooms that store what devices say, and rooms that order devices
 * about, ask here first.
 */
export {}
