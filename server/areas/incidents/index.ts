/**
 * A lost or stolen device, from report to closing record, with the standing orders that outlive every restart.
 */
export {}
