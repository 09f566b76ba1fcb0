import type { AlertView } from '../../src/contract/alerts.ts'
import { service } from '../api/service.ts'
import { texts } from '../texts.ts'
import { AddPeople } from './add-people.tsx'
import { EndAlert } from './end-alert.tsx'
import { ExtendAlert } from './extend-alert.tsx'
import { UpdateAlert } from './update-alert.tsx'

/** What a commander can do to an alert that is running. */
export function SteerAlert({ alert, onDone }: { alert: AlertView; onDone(): void }) {
  return (
    <section class="steer" aria-label={texts.steer.title}>
      {!alert.endsSoon && <ExtendAlert alert={alert} onExtended={onDone} />}
      <UpdateAlert alert={alert} onUpdated={onDone} />
      <AddPeople alert={alert} onAdded={onDone} />
      <EndAlert
        words={{ ...texts.steer.inError, body: texts.steer.inError.body(alert.audience + alert.added.people) }}
        testId="sent-in-error"
        end={() => service.sentInError(alert.id)}
        onEnded={onDone}
      />
      <EndAlert
        words={{ ...texts.steer.cancel, body: texts.steer.cancel.body(alert.audience + alert.added.people) }}
        testId="cancel-alert"
        end={(remark) => service.cancel(alert.id, remark)}
        onEnded={onDone}
      />
    </section>
  )
}
