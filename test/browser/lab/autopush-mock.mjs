// Local stand-in for Mozilla's push service (autopush): WebSocket for the browser +
// HTTPS endpoint for the app server. It forwards the *encrypted* body untouched, so the
// browser itself decrypts it, and it checks the VAPID JWT like the real service does.
//   const push = await startAutopush();           // push.wsUrl -> pref dom.push.serverURL
//   push.fail = { status: 410 } | null            // fault injection for the HTTP side
//   push.hold = true                              // store-and-forward: keep until released

import { randomUUID } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { WebSocketServer } from 'ws'
import { checkVapid } from './vapid-check.mjs'

const unb64 = (s) => Buffer.from(s, 'base64url')

export async function startAutopush({ key, cert, log = () => {}, host = '127.0.0.1' } = {}) {
  const channels = new Map() // token -> {uaid, channelID, key}
  const socks = new Map() // uaid -> ws
  const queue = [] // undelivered (TTL > 0) messages
  const state = { acks: [], posts: [], fail: null, hold: false }

  // --- browser side -----------------------------------------------------------------
  const wsHttp = http.createServer()
  const wss = new WebSocketServer({ server: wsHttp, handleProtocols: () => 'push-notification' })
  wss.on('connection', (ws) => {
    let uaid
    const send = (o) => {
      log('push>', o)
      ws.send(JSON.stringify(o))
    }
    ws.on('message', (d) => {
      const m = JSON.parse(d.toString())
      log('push<', m)
      switch (m.messageType) {
        case 'hello':
          uaid = m.uaid || randomUUID().replaceAll('-', '')
          socks.set(uaid, ws)
          send({ messageType: 'hello', uaid, status: 200, use_webpush: true, broadcasts: {} })
          flush(uaid)
          break
        case 'register': {
          const token = randomUUID()
          channels.set(token, { uaid, channelID: m.channelID, key: m.key ? unb64(m.key) : null })
          send({
            messageType: 'register',
            channelID: m.channelID,
            status: 200,
            pushEndpoint: `${state.origin}/wpush/v2/${token}`,
          })
          break
        }
        case 'unregister':
          for (const [t, c] of channels) if (c.channelID === m.channelID) channels.delete(t)
          send({ messageType: 'unregister', channelID: m.channelID, status: 200 })
          break
        case 'ack': // code 100 delivered, 101 decrypt error, 102 not delivered
          for (const u of m.updates) {
            state.acks.push(u)
            const i = queue.findIndex((q) => q.msg.version === u.version)
            if (i >= 0) queue.splice(i, 1)
          }
          break
        case 'nack':
          state.acks.push(m)
          break // 301..303: the push handler threw/rejected
        case 'broadcast_subscribe':
          break
        default:
          send({}) // "{}" is the ping
      }
    })
    ws.on('close', () => {
      if (socks.get(uaid) === ws) socks.delete(uaid)
    })
  })
  function flush(uaid) {
    const ws = socks.get(uaid)
    if (!ws || state.hold) return
    for (const q of queue)
      if (q.uaid === uaid && q.sentOn !== ws) {
        q.sentOn = ws
        log('push>', q.msg)
        ws.send(JSON.stringify(q.msg))
      } // re-sent only on a new connection
  }

  // --- app-server side (RFC 8030) -----------------------------------------------------
  const api = https.createServer({ key, cert }, async (req, res) => {
    const body = Buffer.concat(await Array.fromAsync(req))
    const end = (code, o) => {
      state.posts.push({ code, headers: req.headers, bytes: body.length })
      res.writeHead(code, { 'content-type': 'application/json', location: `${state.origin}/m/x` })
      res.end(JSON.stringify(o ?? {}))
    }
    if (state.fail) return end(state.fail.status, { message: 'injected' })
    const ch = channels.get(req.url.split('/').pop())
    if (!ch) return end(410, { errno: 106 })
    const bad = checkVapid(req.headers.authorization, ch.key, state.origin)
    if (bad) return end(401, { message: bad })
    if (body.length > 4096) return end(413)
    if (req.headers.ttl === undefined) return end(400, { message: 'missing TTL' })
    const msg = { messageType: 'notification', channelID: ch.channelID, version: randomUUID() }
    if (body.length) {
      msg.data = body.toString('base64url')
      msg.headers = { encoding: req.headers['content-encoding'] }
    }
    queue.push({ uaid: ch.uaid, msg })
    flush(ch.uaid)
    end(201)
  })

  await new Promise((r) => wsHttp.listen(0, host, r))
  await new Promise((r) => api.listen(0, host, r))
  state.origin = `https://${host === '127.0.0.1' ? 'localhost' : host}:${api.address().port}`
  state.wsUrl = `ws://${host}:${wsHttp.address().port}/`
  state.release = () => {
    state.hold = false
    for (const u of socks.keys()) flush(u)
  }
  state.dropConnections = () => {
    for (const w of wss.clients) w.terminate()
  }
  state.channels = channels
  state.close = () => {
    for (const w of wss.clients) w.terminate()
    wss.close()
    wsHttp.close()
    api.close()
    api.closeAllConnections()
  }
  return state
}
