import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { seesOthers } from '../access.ts'
import { service } from '../api/service.ts'
import { formatSpan } from '../format.ts'
import { useSession } from '../state/session.ts'
import { isOfAnother, useKeptAnswers } from '../state/use-answers.ts'
import { useContact } from '../state/use-contact.ts'
import { useNow } from '../state/use-now.ts'
import { texts } from '../texts.ts'
import { DemoBanner } from './demo-banner.tsx'
import { Icon, type IconName } from './icon.tsx'

interface Props {
  title: string
  /** Where the arrow at the top leads; without it the page is one of the main ones. */
  back?: string
  /** Said at the bottom, within reach of the thumb. */
  actions?: ComponentChildren
  /** What goes above everything else of the page. */
  band?: ComponentChildren
  /** When what is shown was read, by this device's clock; said when the service does not answer. */
  asOf?: number | null
  /** The board says by itself how old it is. */
  ownFreshness?: boolean
  hideTitle?: boolean
  children: ComponentChildren
}

const PROBE = 5_000

const PAGES: readonly { path: string; name: string; icon: IconName }[] = [
  { path: '/', name: texts.app.home, icon: 'home' },
  { path: '/people', name: texts.app.people, icon: 'people' },
  { path: '/trees', name: texts.app.trees, icon: 'tree' },
  { path: '/templates', name: texts.app.templates, icon: 'template' },
]

/** The frame of every signed-in page. */
export function Shell({ title, back, actions, band, asOf = null, ownFreshness, hideTitle, children }: Props) {
  const { session } = useSession()
  const menu = seesOthers(session.account.role)
  const heading = useTitle(title)
  return (
    <div class={shellClass(menu, back !== undefined)}>
      <a class="skip" href="#main">
        {texts.app.skip}
      </a>
      {session.organisation.demo && <DemoBanner />}
      <header class="top">
        {back ? (
          <a class="top-back" href={back}>
            <Icon name="back" />
            {texts.app.back}
          </a>
        ) : (
          <span class="brand">
            <Icon name="bell" />
            {texts.app.name}
          </span>
        )}
        <span class="top-organisation">{session.organisation.name}</span>
      </header>
      {menu && <Menu />}
      <main id="main">
        {!ownFreshness && <OfflineLine asOf={asOf} />}
        <KeptLine />
        {band}
        <h1 ref={heading} tabIndex={-1} class={hideTitle ? 'visually-hidden' : ''}>
          {title}
        </h1>
        {children}
      </main>
      {actions && (
        <section class="actions" aria-label={texts.app.actions}>
          {actions}
        </section>
      )}
    </div>
  )
}

function shellClass(menu: boolean, deep: boolean): string {
  if (!menu) return 'shell'
  return deep ? 'shell with-menu deep' : 'shell with-menu'
}

/** Sets the page's title and moves the focus to its heading, so that a screen reader begins there. */
function useTitle(title: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${texts.app.name}`
  }, [title])
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}

function Menu() {
  return (
    <nav class="menu" aria-label={texts.app.menu}>
      {PAGES.map(({ path, name, icon }) => (
        <a key={path} href={path} aria-current={isCurrent(path) ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{name}</span>
        </a>
      ))}
    </nav>
  )
}

function isCurrent(path: string): boolean {
  return path === '/' ? location.pathname === '/' : location.pathname.startsWith(path)
}

/** Says how old the page is while the service does not answer, and keeps asking. */
function OfflineLine({ asOf }: { asOf: number | null }) {
  const reachable = useContact()
  const now = useNow(10_000)
  useEffect(() => {
    if (reachable) return
    const timer = setInterval(() => void service.session().catch(() => undefined), PROBE)
    return () => clearInterval(timer)
  }, [reachable])
  if (reachable) return null
  return (
    <p class="note note-offline" role="status" data-testid="offline">
      <Icon name="warning" />
      <span>{asOf === null ? texts.app.offline : texts.app.offlineAge(formatSpan(now - asOf))}</span>
    </p>
  )
}

function KeptLine() {
  const { person } = useSession().session.account
  const kept = useKeptAnswers()
  const others = kept.filter((answer) => isOfAnother(answer, person)).length
  const own = kept.length - others
  return (
    <>
      {own > 0 && (
        <p class="note" role="status" data-testid="kept-answers">
          {texts.app.queued(own)}
        </p>
      )}
      {others > 0 && <p class="note">{texts.app.queuedOther(others)}</p>}
    </>
  )
}
