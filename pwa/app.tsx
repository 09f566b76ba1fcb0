import { render } from 'preact'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { SessionView } from '../src/contract/access.ts'
import { Refused } from './api/request.ts'
import { service } from './api/service.ts'
import { Icon } from './elements/icon.tsx'
import { later } from './elements/later.tsx'
import { explain } from './elements/problem-note.tsx'
import { forgetSnapshots, keepSnapshot, readSnapshot } from './offline/snapshots.ts'
import { matchRoute, type Route } from './routes.ts'
import { BoardScreen } from './screens/board.tsx'
import { NotFound, ReportRedirect } from './screens/elsewhere.tsx'
import { Home } from './screens/home.tsx'
import { ImportScreen } from './screens/import.tsx'
import { MyAlertScreen } from './screens/my-alert.tsx'
import { People } from './screens/people.tsx'
import { Raise } from './screens/raise.tsx'
import { SignIn } from './screens/sign-in.tsx'
import { Templates } from './screens/templates.tsx'
import { Trees } from './screens/trees.tsx'
import { Words } from './screens/words.tsx'
import { navigate, useLocation } from './state/navigation.ts'
import { SessionContext } from './state/session.ts'
import { forgetWish, settleSignOut, signOut } from './state/sign-out.ts'
import { useSendKept } from './state/use-answers.ts'
import { useOwedSignOut } from './state/use-owed-sign-out.ts'
import { texts } from './texts.ts'

const TreeScreen = later(async () => (await import('./screens/tree.tsx')).TreeScreen)
const Weak = later(async () => (await import('./screens/weak.tsx')).Weak)
const Reach = later(async () => (await import('./screens/reach.tsx')).Reach)
const PersonScreen = later(async () => (await import('./screens/person.tsx')).PersonScreen)

type Known =
  | { state: 'asking' }
  /** Signed out here; `owed` while the service has not heard of it. */
  | { state: 'out'; owed: boolean }
  | { state: 'in'; session: SessionView }
  | { state: 'failed'; problem: Error }

function App() {
  const url = useLocation()
  const route = matchRoute(url.pathname)
  const [known, setKnown] = useState<Known>({ state: 'asking' })
  const token = useSignInToken(url)

  const enter = useCallback((session: SessionView) => {
    setKnown({ state: 'in', session })
    void keepSnapshot('session', session, Date.now())
  }, [])
  const leave = useCallback(() => {
    setKnown({ state: 'out', owed: false })
    void forgetSnapshots()
  }, [])
  const out = useCallback(async () => setKnown({ state: 'out', owed: !(await signOut()) }), [])
  useEffect(() => {
    void findSession().then((found) => {
      if (found.state === 'in') enter(found.session)
      else if (found.state === 'out' && !found.owed) leave()
      else setKnown(found)
    })
  }, [])
  useSendKept(known.state === 'in' ? known.session.account.person : null)

  const signed = useMemo(
    () => (known.state === 'in' ? { session: known.session, signOut: out, lost: leave } : null),
    [known, out, leave],
  )
  const owed = known.state === 'out' && known.owed
  useOwedSignOut(owed, leave)
  const signedIn = (session: SessionView) => {
    void forgetWish()
    enter(session)
    if (route?.name === 'sign-in') navigate('/', { replace: true })
  }
  if (route?.name === 'sign-in' || known.state === 'out')
    return <SignIn token={token} owed={owed} onSignedIn={signedIn} />
  if (known.state === 'failed') return <Starting words={explain(known.problem)} />
  if (!signed) return <Starting words={texts.app.starting} />
  return (
    <SessionContext.Provider value={signed}>
      <Screen key={url.pathname + url.search} route={route} query={url.searchParams} />
    </SessionContext.Provider>
  )
}

function Screen({ route, query }: { route: Route | null; query: URLSearchParams }) {
  switch (route?.name) {
    case 'home':
      return <Home />
    case 'raise':
      return <Raise query={query} />
    case 'board':
      return <BoardScreen alert={route.alert} />
    case 'people':
      return <People />
    case 'import':
      return <ImportScreen />
    case 'trees':
      return <Trees />
    case 'tree':
      return <TreeScreen id={route.tree} />
    case 'weak':
      return <Weak />
    case 'reach':
      return <Reach />
    case 'person':
      return <PersonScreen id={route.person} />
    case 'templates':
      return <Templates />
    case 'mine':
      return <MyAlertScreen alert={route.alert} />
    case 'words':
      return <Words />
    case 'report':
      return <ReportRedirect alert={route.alert} />
    default:
      return <NotFound />
  }
}

function Starting({ words }: { words: string }) {
  return (
    <main class="starting">
      <Icon name="bell" />
      <p role="status">{words}</p>
    </main>
  )
}

/** The session as the service knows it; without a network, the one that was last known here. */
async function findSession(): Promise<Known> {
  try {
    if ((await settleSignOut()) === 'owed') return { state: 'out', owed: true }
    return { state: 'in', session: await service.session() }
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return { state: 'out', owed: false }
    const kept = await readSnapshot<SessionView>('session')
    if (kept) return { state: 'in', session: kept.value }
    return { state: 'failed', problem: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** Takes the token out of a sign-in link and the link out of the address bar and history. */
function useSignInToken(url: URL): string | null {
  const [token, setToken] = useState<string | null>(null)
  const found = url.pathname === '/sign-in' && url.hash.length > 1 ? url.hash.slice(1) : null
  useEffect(() => {
    if (found === null) return
    setToken(found)
    navigate('/sign-in', { replace: true })
  }, [found])
  return token ?? found
}

const root = document.getElementById('app')
if (root) {
  root.replaceChildren()
  render(<App />, root)
}
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/sw.js').catch((error: unknown) => console.error(error))
}
