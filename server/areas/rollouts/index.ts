/**
 * New versions on their way: rollouts in waves with a rule that stops them, and trials on one device for a short time.
 */
export {}
