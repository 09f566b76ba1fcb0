import type { PersonDetail } from '../../contract/people.ts'
import { newestTexts } from '../../domain/alerts/localise.ts'
import type { Deps } from '../deps.ts'

/** The running alerts that somebody is, or may come to be, in: whoever takes them out should know. */
export async function listOpenAlertsOf(
  { store }: Pick<Deps, 'store'>,
  personId: string,
): Promise<PersonDetail['inAlerts']> {
  const ids = await store.overview.openAlertsOf(personId)
  const alerts = await Promise.all(ids.map((id) => store.alerts.find(id)))
  return alerts.flatMap((alert) => {
    if (!alert) return []
    const { id, kind, manifest } = alert
    return [{ id, kind, title: newestTexts(alert, manifest.fallbackLanguage).title }]
  })
}
