/**
 * What each device should have, in which generation, and how far it is: desired items are computed here when something changes, and one table says for every channel and item what was wanted, sent and answered.
 */
export {}
