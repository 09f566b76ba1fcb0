const number = (name: string, label: string, unit: string, step: string) =>
  `<label class="field"><span>${label}</span><span class="unit"><input type="number" min="0" step="${step}" inputmode="decimal" data-fault="${name}" value="0"><span>${unit}</span></span></label>`

const toggle = (name: string, label: string) =>
  `<label class="toggle"><input type="checkbox" data-fault="${name}"><span>${label}</span></label>`

/** The page of phones; the phones themselves are drawn by its script. */
export const PHONES_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Simulated phones</title>
<link rel="icon" href="/phones/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/phones/phones.css">
<script src="/phones/phones.js" defer></script>
</head>
<body>
<a class="skip" href="#grid">Skip to the phones</a>
<header class="top">
  <div>
    <h1>Simulated phones</h1>
    <p>Nothing here reaches a real phone. Answer, press keys, reply, or let a crowd do it.</p>
  </div>
  <p id="connection" role="status">Connecting…</p>
</header>
<main>
<section class="panel" aria-labelledby="panel-title">
  <h2 id="panel-title" class="quiet">Crowd and faults</h2>
  <form id="crowd" class="row">
    <label class="field"><span>Seed</span><input type="number" id="seed" value="1" step="1" required></label>
    <button type="submit" class="primary" id="crowd-start">Let the crowd answer</button>
    <button type="button" id="crowd-stop" hidden>Stop the crowd</button>
    <p id="crowd-state" role="status">The crowd is off: phones wait for you.</p>
  </form>
  <details id="faults">
    <summary>Faults of the carrier <span id="fault-count" class="badge" hidden></span></summary>
    <div class="faults">
      ${toggle('down', 'Down: every request is refused')}
      ${toggle('duplicateCallbacks', 'Callbacks come twice')}
      ${toggle('shuffleCallbacks', 'Callbacks overtake each other')}
      ${number('smsFailRate', 'Texts that fail', 'share, 0–1', '0.05')}
      ${number('status5xx', 'Requests answered 500', 'share, 0–1', '0.05')}
      ${number('lostAnswers', 'Answers lost after the work', 'share, 0–1', '0.05')}
      ${number('stallMs', 'Requests stall for', 'ms', '100')}
      ${number('delayMs', 'Answers come late by', 'ms', '100')}
      ${number('rateLimit', 'Requests allowed', 'per s, 0 = no limit', '1')}
      <label class="field"><span>Only this account</span><input type="text" data-fault="onlyAccount" placeholder="all accounts" autocomplete="off" spellcheck="false"></label>
    </div>
  </details>
</section>
<section class="find" role="search" aria-label="Find phones">
  <label class="field grow"><span>Name or number</span><input type="search" id="search" autocomplete="off"></label>
  <label class="field"><span>Show</span><select id="filter">
    <option value="all">All phones</option>
    <option value="ringing">Ringing or in a call</option>
    <option value="messages">With messages or notifications</option>
    <option value="waiting">Waiting for an answer</option>
  </select></label>
  <p id="count" role="status"></p>
</section>
<div id="grid" class="grid" tabindex="-1"></div>
<p id="empty" class="empty" hidden>No phone matches. Phones appear here as soon as someone is texted or rung.</p>
<p id="problem" class="problem" role="alert" hidden></p>
</main>
</body>
</html>
`

export const PHONES_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="8" y="2" width="16" height="28" rx="4" fill="#0b57c4"/><rect x="10.5" y="6" width="11" height="18" rx="1" fill="#fff"/></svg>`
