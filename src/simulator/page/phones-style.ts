export const PHONES_STYLE = ''
