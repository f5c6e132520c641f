/**
 * Devices expected together: who gets them, what they should have, whether everything is ready for the day, and on the day how far each one is
 * and what holds it up.
 */
export {}
