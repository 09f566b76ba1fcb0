const PROGRAM = 'npm run -s tocsin --'

/** The command that raises an alert on the host; where nothing is chosen, the place to put a name. */
export function writeRaiseCommand(
  template: string | undefined,
  trees: readonly string[],
  kind: 'live' | 'drill',
): string {
  const named = trees.length > 0 ? trees : ['NAME']
  return `${PROGRAM} alert raise --template ${quote(template ?? 'NAME')} --tree ${named.map(quote).join(' ')} --${kind}`
}

export const INVITE_COMMAND = `${PROGRAM} user invite "NAME" --role commander`
export const TEMPLATES_COMMAND = `${PROGRAM} templates import FILE`

/** One word for a POSIX shell. */
function quote(name: string): string {
  return /["$`\\!]/.test(name) ? `'${name.replaceAll("'", "'\\''")}'` : `"${name}"`
}
