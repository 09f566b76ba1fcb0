/** How report pages look: on screen in both schemes, at 360 px, and on paper without colour. */
export const REPORT_CSS = `:root{color-scheme:light dark;--ink:#14181f;--paper:#fff;--soft:#5a6472;--line:#c9d0d9}
@media(prefers-color-scheme:dark){:root{--ink:#eef1f5;--paper:#12151a;--soft:#a3adba;--line:#3a424d}}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:60rem;margin:0 auto;padding:1rem;overflow-wrap:break-word}h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
.mark{display:inline-block;padding:.1rem .6rem;border:3px solid currentColor;font-weight:700;letter-spacing:.08em}.drill{border-style:dashed}.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%}th,td{text-align:start;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.number,th.number{text-align:end;font-variant-numeric:tabular-nums}.wide{overflow-x:auto}
figure{margin:0;max-width:40rem}svg{display:block;width:100%;height:auto}.grid{stroke:var(--line)}.frame{fill:none;stroke:var(--ink)}
.goal{stroke:var(--soft);stroke-dasharray:5 4}.axis{fill:var(--soft);font:12px system-ui,sans-serif}
.curve{fill:none;stroke:var(--ink);stroke-width:2.5}.point{fill:var(--paper);stroke:var(--ink);stroke-width:2.5}
a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--ink);outline-offset:2px}summary{padding:.6rem 0;cursor:pointer}
@media(max-width:30rem){.axis{font-size:17px}th,td{padding:.35rem .4rem}}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--soft:#333;--line:#999}.wide{overflow:visible}tr,figure{break-inside:avoid}h2{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}}`
