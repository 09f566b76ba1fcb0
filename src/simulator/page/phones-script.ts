export const PHONES_SCRIPT = ''
