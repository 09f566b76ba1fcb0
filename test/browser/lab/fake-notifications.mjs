// A private D-Bus session bus with a fake org.freedesktop.Notifications daemon. Firefox (libnotify)
// and headful Chromium show *real* desktop notifications on it; a test reads them and clicks them.
import { spawn } from 'node:child_process'
import dbus from 'dbus-next'

const { Interface } = dbus.interface

class Daemon extends Interface {
  constructor(onShow) {
    super('org.freedesktop.Notifications')
    this.next = 1
    this.open = new Map()
    this.onShow = onShow
  }
  Notify(app, replaces, _icon, summary, body, actions, hints, timeout) {
    const id = replaces || this.next++
    const n = {
      id,
      app,
      summary,
      body,
      actions: Object.fromEntries(actions.map((a, i) => (i % 2 ? null : [a, actions[i + 1]])).filter(Boolean)),
      hints: Object.keys(hints),
      urgency: hints.urgency?.value,
      timeout,
    }
    this.open.set(id, n)
    this.onShow(n)
    return id
  }
  CloseNotification(id) {
    this.open.delete(id)
    this.NotificationClosed(id, 3)
  }
  GetCapabilities() {
    return ['actions', 'body', 'persistence']
  }
  GetServerInformation() {
    return ['fake', 'sample', '1.0', '1.2']
  }
  NotificationClosed(id, reason) {
    return [id, reason]
  }
  ActionInvoked(id, action) {
    return [id, action]
  }
}
Daemon.configureMembers({
  methods: {
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u', outSignature: '' },
    GetCapabilities: { inSignature: '', outSignature: 'as' },
    GetServerInformation: { inSignature: '', outSignature: 'ssss' },
  },
  signals: { NotificationClosed: { signature: 'uu' }, ActionInvoked: { signature: 'us' } },
})

export async function startFakeNotifications() {
  const p = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await new Promise((r) => p.stdout.once('data', (d) => r(d.toString().trim())))
  const bus = dbus.sessionBus({ busAddress: address })
  const shown = []
  const waiters = []
  const d = new Daemon((n) => {
    shown.push(n)
    for (const w of waiters.splice(0)) w()
  })
  await bus.requestName('org.freedesktop.Notifications', 0)
  bus.export('/org/freedesktop/Notifications', d)
  return {
    address,
    shown,
    open: d.open,
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    /** Resolves with the first notification that matches, as soon as it is shown. */
    waitFor(pred = () => true, ms = 10000) {
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(() => reject(new Error('no notification')), ms)
        const look = () => {
          const found = shown.find(pred)
          if (!found) return waiters.push(look)
          clearTimeout(deadline)
          resolve(found)
        }
        look()
      })
    },
    click(id, action = 'default') {
      d.ActionInvoked(id, action)
      d.open.delete(id)
      d.NotificationClosed(id, 2)
    },
    dismiss(id) {
      d.open.delete(id)
      d.NotificationClosed(id, 2)
    },
    close() {
      bus.disconnect()
      p.kill()
    },
  }
}
