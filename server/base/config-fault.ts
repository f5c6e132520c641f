/** A setting that cannot be used; the message names the variable and says what to write instead. */
export class ConfigFault extends Error {}
