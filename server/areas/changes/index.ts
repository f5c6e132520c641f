/**
 * Changes to many people, units and devices at once: imports from files and planned moves, reviewed as one, carried out in waves, undone within 72 hours.
 */
export {}
