/**
 * How much harm one hand can do in one hour: what may leave at once, what is held until someone else agrees, and what stops everything. Rooms
 * that act ask here before they act.
 */
export {}
