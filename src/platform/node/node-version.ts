/** Older versions crash inside the database driver instead of saying what is wrong. */
export function assertNodeVersion(): void {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24) return
  console.error(`Tocsin needs Node 24 or newer; this is ${process.version}. "npm start" brings its own.`)
  process.exit(1)
}
