/**
 * Rules over what devices are, their verdicts with history, exceptions, and what a verdict sets off.
 */
export {}
