export function Accept() { return null }
