import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

/** A page with nothing on it yet, and the way on. */
export function Empty({
  icon,
  title,
  body,
  children,
}: {
  icon: IconName
  title: string
  body: string
  children?: ComponentChildren
}) {
  return (
    <section class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{body}</p>
      {children}
    </section>
  )
}
