export const PHONES_STYLE = `
:root {
  --paper: #f3f4f6; --card: #fff; --ink: #14181f; --soft: #525c6b; --line: #cfd5dd; --field: #fff;
  --accent: #0b57c4; --on-accent: #fff; --in: #e9edf3; --out: #0b57c4; --on-out: #fff;
  --go: #17703a; --stop: #b3261e; --alert: #8a4b00; --alert-paper: #fff1d6; --dark: #10151d; --on-dark: #f2f5f9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0e1116; --card: #181d25; --ink: #eef1f5; --soft: #a5afbd; --line: #364050; --field: #10141a;
    --accent: #8ab8ff; --on-accent: #0a1a33; --in: #262e3a; --out: #2b5fb3; --on-out: #fff;
    --go: #1a7a40; --stop: #d0453b; --alert: #ffce85; --alert-paper: #3a2a0d; --dark: #05070a; --on-dark: #f2f5f9;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.2; letter-spacing: -0.01em; }
h2, h3, p { margin: 0; }
.top, main { max-width: 92rem; margin: 0 auto; padding: 1rem; }
.top { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; align-items: end; justify-content: space-between; padding-bottom: 0; }
.top p, .quiet, #count, #crowd-state { color: var(--soft); }
.quiet { font-size: 1rem; font-weight: 600; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; display: block; padding: 0.75rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button, input, select, summary { min-height: 44px; font: inherit; color: inherit; border-radius: 0.5rem; }
button { padding: 0.4rem 0.9rem; min-width: 44px; border: 1px solid var(--line); background: var(--card); cursor: pointer; font-weight: 500; }
button:hover:not(:disabled) { border-color: var(--accent); }
button:disabled { opacity: 0.5; cursor: default; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.go { background: var(--go); border-color: var(--go); color: #fff; }
button.stop { background: var(--stop); border-color: var(--stop); color: #fff; }
input:not([type=checkbox]), select { width: 100%; padding: 0.4rem 0.7rem; border: 1px solid var(--line); background: var(--field); }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 0.9rem; padding: 0.9rem 1rem 0.3rem; display: grid; gap: 0.6rem; }
.row { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: end; }
#crowd-state { flex: 1 1 14rem; min-height: 44px; display: flex; align-items: center; }
.field { display: grid; gap: 0.2rem; font-size: 0.875rem; color: var(--soft); }
.field input, .field select { font-size: 1rem; color: var(--ink); }
#seed { width: 4.5rem; }
summary { display: flex; align-items: center; gap: 0.5rem; cursor: pointer; font-weight: 500; }
summary::before { content: '▸'; }
details[open] > summary::before { content: '▾'; }
.badge { background: var(--alert-paper); color: var(--alert); border-radius: 1rem; padding: 0.1rem 0.6rem; font-size: 0.875rem; }
.faults { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: 0.6rem 1.2rem; padding-bottom: 0.8rem; align-items: end; }
.toggle { display: flex; gap: 0.6rem; align-items: center; min-height: 44px; cursor: pointer; }
.toggle input { width: 1.4rem; height: 1.4rem; min-height: 0; flex: none; accent-color: var(--accent); }
.unit { display: flex; gap: 0.5rem; align-items: center; }
.unit input { width: 6.5rem !important; }
.find { display: flex; flex-wrap: wrap; gap: 0.6rem 0.8rem; align-items: end; margin: 1rem 0; }
.find .field { flex: 1 1 8.5rem; min-width: 0; }
.find .grow { flex: 4 1 8.5rem; }
#count { flex: 0 0 auto; padding: 0.5rem 0; font-variant-numeric: tabular-nums; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17.5rem), 1fr)); gap: 1rem; align-items: start; }
.phone { background: var(--card); border: 1px solid var(--line); border-radius: 1.1rem; padding: 0.9rem; display: grid; gap: 0.7rem; content-visibility: auto; contain-intrinsic-size: auto 17rem; }
.phone[data-state=ringing] { border-color: var(--go); box-shadow: 0 0 0 3px color-mix(in srgb, var(--go) 45%, transparent); }
.who { display: flex; justify-content: space-between; gap: 0.6rem; align-items: start; }
.who h3 { font-size: 1.0625rem; line-height: 1.25; overflow-wrap: anywhere; }
.who .number { color: var(--soft); font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.tag { flex: none; font-size: 0.8125rem; color: var(--soft); border: 1px solid var(--line); border-radius: 1rem; padding: 0.05rem 0.6rem; }
.tag.odd { color: var(--alert); background: var(--alert-paper); border-color: transparent; }
.call { background: var(--dark); color: var(--on-dark); border-radius: 0.8rem; padding: 0.8rem; display: grid; gap: 0.6rem; }
.call .state { font-weight: 600; display: flex; gap: 0.5rem; align-items: center; }
.phone[data-state=ringing] .state::before { content: ''; width: 0.7rem; height: 0.7rem; border-radius: 50%; background: #4cd07d; animation: pulse 1s infinite alternate; }
@keyframes pulse { to { opacity: 0.25; } }
.subtitles { max-height: 9.5rem; overflow-y: auto; display: grid; gap: 0.35rem; font-size: 1.0625rem; }
.subtitles p:not(:last-child) { opacity: 0.65; font-size: 0.9375rem; }
.keypad { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.4rem; }
.keypad button, .call .acts button:not(.go, .stop) { background: #222b38; border-color: #3a4556; color: #fff; font-size: 1.125rem; }
.pressed { font-variant-numeric: tabular-nums; letter-spacing: 0.15em; min-height: 1.45em; }
.acts { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.acts > * { flex: 1 1 auto; }
.notes { display: contents; }
.note { background: var(--alert-paper); border-radius: 0.8rem; padding: 0.7rem 0.8rem; display: grid; gap: 0.4rem; overflow-wrap: anywhere; }
.note .kind { font-size: 0.8125rem; color: var(--alert); }
.note strong { line-height: 1.3; }
.thread { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.4rem; max-height: 15rem; overflow-y: auto; overscroll-behavior: contain; }
.thread:empty { display: none; }
.thread li { max-width: 88%; padding: 0.45rem 0.7rem; border-radius: 0.9rem; background: var(--in); justify-self: start; white-space: pre-wrap; overflow-wrap: anywhere; }
.thread li.out { background: var(--out); color: var(--on-out); justify-self: end; }
.thread small { display: block; font-size: 0.75rem; opacity: 0.8; font-variant-numeric: tabular-nums; }
.reply { display: flex; gap: 0.4rem; }
.reply input { flex: 1; min-width: 0; }
.empty { text-align: center; color: var(--soft); padding: 3rem 1rem; }
.problem { position: fixed; inset: auto 1rem 1rem; margin: auto; max-width: 32rem; background: var(--stop); color: #fff; border-radius: 0.6rem; padding: 0.8rem 1rem; }
.offline { color: var(--stop) !important; font-weight: 600; }
.hidden-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
`
