export const FLAGS: string[]
