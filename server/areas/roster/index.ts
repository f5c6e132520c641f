/**
 * Devices that a vendor promised before they enroll, the accounts at vendors ("programs") that promise them, and how such a device is received
 * when it comes (its setup). This room keeps what is wanted and what the vendor said; platforms do the talking.
 */
export {}
