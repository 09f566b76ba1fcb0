// Local stand-in for Google's push service, enough for *stock Chromium*: device checkin (HTTP),
// token registration (HTTP), MCS (protobuf over TLS, the delivery channel) and the RFC 8030
// endpoint https://fcm.googleapis.com/fcm/send/<token>. The body is forwarded still encrypted.

import { createHash, randomBytes, randomUUID, X509Certificate } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import tls from 'node:tls'
import { checkVapid } from './vapid-check.mjs'

// --- 40 lines of protobuf ------------------------------------------------------------
const varint = (n) => {
  n = BigInt(n)
  const o = []
  do {
    let b = Number(n & 127n)
    n >>= 7n
    if (n) b |= 128
    o.push(b)
  } while (n)
  return Buffer.from(o)
}
const vint = (f, n) => Buffer.concat([varint(f << 3), varint(n)])
const len = (f, b) => {
  b = Buffer.from(b)
  return Buffer.concat([varint((f << 3) | 2), varint(b.length), b])
}
const f64 = (f, n) => {
  const b = Buffer.alloc(8)
  b.writeBigUInt64LE(n)
  return Buffer.concat([varint((f << 3) | 1), b])
}
function readVarint(b, i) {
  let r = 0n,
    s = 0n
  for (;;) {
    if (i >= b.length) return null
    const x = b[i++]
    r |= BigInt(x & 127) << s
    s += 7n
    if (!(x & 128)) return [Number(r), i]
  }
}
function parse(b) {
  const o = {}
  let i = 0
  while (i < b.length) {
    let k
    ;[k, i] = readVarint(b, i)
    const f = k >> 3
    let v
    switch (k & 7) {
      case 0:
        ;[v, i] = readVarint(b, i)
        break
      case 1:
        v = b.readBigUInt64LE(i)
        i += 8
        break
      case 2: {
        let n
        ;[n, i] = readVarint(b, i)
        v = b.subarray(i, i + n)
        i += n
        break
      }
      case 5:
        v = b.readUInt32LE(i)
        i += 4
        break
    }
    o[f] ??= []
    o[f].push(v)
  }
  return o
}

export async function startFcm({ key, cert, log = () => {}, host = '127.0.0.1' } = {}) {
  let nextDevice = 4503599627370497n // every browser profile checks in once and gets its own id
  const tokens = new Map() // token -> {device, appId, app, sender}
  const socks = new Map() // device -> {s, send}
  const st = { posts: [], fail: null, hold: false, tokens }
  const queue = [] // {device, bytes}

  // --- checkin + register ------------------------------------------------------------
  const api = http.createServer(async (req, res) => {
    const body = Buffer.concat(await Array.fromAsync(req))
    log('fcm http', req.method, req.url, body.length)
    if (req.url.startsWith('/checkin')) {
      res.writeHead(200, { 'content-type': 'application/x-protobuffer' })
      return res.end(
        Buffer.concat([
          vint(1, 1),
          vint(3, Date.now()),
          len(4, 'digest'),
          f64(7, nextDevice++),
          f64(8, 987654321987654321n),
          vint(9, 0),
        ]),
      )
    }
    if (req.url.startsWith('/register')) {
      const p = new URLSearchParams(body.toString())
      log('fcm register', Object.fromEntries(p))
      res.writeHead(200, { 'content-type': 'text/plain' })
      if (p.get('delete') === 'true') {
        for (const [t, x] of tokens) if (x.appId === p.get('X-subtype')) tokens.delete(t)
        return res.end(`deleted=${p.get('app')}`)
      }
      const token = `${randomBytes(12).toString('base64url')}:${randomBytes(40).toString('base64url')}`
      tokens.set(token, {
        device: p.get('device'),
        appId: p.get('X-subtype'),
        app: p.get('app'),
        sender: p.get('sender'),
      })
      return res.end(`token=${token}`)
    }
    res.writeHead(404)
    res.end()
  })

  // --- MCS: 1 version byte, then (tag, varint size, protobuf)* --------------------------
  const mcs = tls.createServer({ key, cert }, (s) => {
    log('mcs connect')
    let buf = Buffer.alloc(0),
      version = false,
      device
    const send = (tag, b) => s.write(Buffer.concat([Buffer.from([tag]), varint(b.length), b]))
    s.on('error', (e) => log('mcs error', e.message))
    s.on('close', () => {
      if (socks.get(device)?.s === s) socks.delete(device)
    })
    s.on('data', (d) => {
      buf = Buffer.concat([buf, d])
      if (!version) {
        log('mcs version', buf[0])
        buf = buf.subarray(1)
        version = true
      }
      for (;;) {
        if (buf.length < 2) return
        const tag = buf[0]
        const r = readVarint(buf, 1)
        if (!r || buf.length < r[1] + r[0]) return
        const m = parse(buf.subarray(r[1], r[1] + r[0]))
        buf = buf.subarray(r[1] + r[0])
        log('mcs <', tag)
        if (tag === 0) send(1, Buffer.alloc(0)) // heartbeat
        if (tag === 2) {
          // login
          s.write(Buffer.from([41]))
          send(3, Buffer.concat([len(1, m[1]?.[0] ?? 'chrome'), vint(8, Date.now())]))
          device = m[3][0].toString()
          socks.set(device, { s, send })
          flush() // field 3 = android id
        }
      }
    })
  })
  mcs.on('tlsClientError', (e) => log('mcs tls', e.message))
  function flush() {
    if (!st.hold)
      for (const q of queue.splice(0)) {
        const c = socks.get(q.device)
        if (c) c.send(8, q.bytes)
        else queue.push(q)
      }
  }

  // --- app-server side ----------------------------------------------------------------
  // Chromium 156 gives out https://jmt17.google.com/fcm/send/<token>; older ones fcm.googleapis.com.
  const push = https.createServer({ key, cert }, async (req, res) => {
    const body = Buffer.concat(await Array.fromAsync(req))
    const end = (code, msg) => {
      st.posts.push({ code, headers: req.headers, bytes: body.length })
      res.writeHead(code, { location: `https://${req.headers.host}/m/x` })
      res.end(msg)
    }
    if (st.fail) return end(st.fail.status, 'injected')
    const token = decodeURIComponent(req.url.split('/').pop())
    const t = tokens.get(token)
    if (!t) return end(410, 'push subscription has unsubscribed or expired.')
    const bad = checkVapid(req.headers.authorization, Buffer.from(t.sender, 'base64url'), `https://${req.headers.host}`)
    if (bad) return end(403, bad)
    if (body.length > 4096) return end(413)
    const kv = (k, v) => len(7, Buffer.concat([len(1, k), len(2, v)]))
    queue.push({
      device: t.device,
      bytes: Buffer.concat([
        len(2, randomUUID()),
        len(3, t.sender),
        len(5, t.app),
        kv('subtype', t.appId),
        kv('content-encoding', req.headers['content-encoding'] ?? 'aes128gcm'),
        len(9, `0:${Date.now()}%${randomBytes(6).toString('hex')}`),
        vint(17, req.headers.ttl ?? 0),
        vint(18, Date.now()),
        ...(body.length ? [len(21, body)] : []),
      ]),
    })
    flush()
    end(201)
  })
  for (const s of [api, mcs, push]) await new Promise((r) => s.listen(0, host, r))
  const P = (s) => s.address().port
  const spki = createHash('sha256')
    .update(new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
  st.chromiumArgs = [
    `--gcm-checkin-url=http://127.0.0.1:${P(api)}/checkin`,
    `--gcm-registration-url=http://127.0.0.1:${P(api)}/register3`,
    `--gcm-mcs-endpoint=https://localhost:${P(mcs)}`,
    `--ignore-certificate-errors-spki-list=${spki}`,
  ]
  // For the app server: an Agent that sends Google's push host to this mock .
  st.agent = (ca) => {
    const a = new https.Agent({ ca })
    const orig = a.createConnection.bind(a)
    a.createConnection = (o, cb) => orig({ ...o, host: '127.0.0.1', port: P(push), servername: 'localhost' }, cb)
    return a
  }
  st.release = () => {
    st.hold = false
    flush()
  }
  st.dropConnections = () => {
    for (const c of socks.values()) c.s.destroy()
  }
  st.connected = () => socks.size
  st.close = () => {
    st.dropConnections()
    api.closeAllConnections()
    push.closeAllConnections()
    api.close()
    mcs.close()
    push.close()
  }
  return st
}
