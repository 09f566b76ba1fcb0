/** Name and flags of the session cookie: bound to this host and to https where the service has it. */
export function sessionCookie(publicUrl: string): {
  name: string
  options: { path: string; httpOnly: boolean; sameSite: 'Lax'; secure: boolean }
} {
  const secure = publicUrl.startsWith('https:')
  return {
    name: secure ? '__Host-tocsin' : 'tocsin',
    options: { path: '/', httpOnly: true, sameSite: 'Lax', secure },
  }
}
