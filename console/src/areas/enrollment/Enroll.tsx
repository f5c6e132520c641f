export function Enroll() { return null }
