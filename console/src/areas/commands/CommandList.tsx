export function CommandList() { return null }
