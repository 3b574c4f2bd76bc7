/** Plain styles of the emulator's pages. */

export const stylesheet = `
:root {
  --page: #f1f3f6; --card: #fff; --text: #1d2129; --quiet: #5a6270; --line: #d5dae2;
  --accent: #0b57d0; --on-accent: #fff; --banner: #fff1c2; --on-banner: #4a3600; --good: #146c2e; --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161a; --card: #1f2228; --text: #e6e8ec; --quiet: #a5adba; --line: #3b414c;
    --accent: #a8c7fa; --on-accent: #062e6f; --banner: #4a3b0d; --on-banner: #ffe9a8; --good: #7fd99a; --bad: #f2b8b5;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
.banner { margin: 0; padding: .5rem 1rem; background: var(--banner); color: var(--on-banner); text-align: center; font-size: .9rem; }
.banner strong { text-transform: uppercase; letter-spacing: .06em; margin-right: .4rem; }
.card {
  max-width: 40rem; margin: 2rem auto; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 16px;
}
.card.wide { max-width: 72rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; font-weight: 600; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0 1rem; }
.quiet { color: var(--quiet); }
.small { font-size: .875rem; }
.block { display: block; }
fieldset { border: 1px solid var(--line); border-radius: 12px; padding: .5rem 1rem 1rem; margin: 1.25rem 0; min-width: 0; }
legend { font-weight: 600; padding: 0 .4rem; }
label.choice { display: flex; gap: .75rem; align-items: flex-start; padding: .45rem 0; cursor: pointer; }
label.choice input { margin-top: .3rem; width: 1.05rem; height: 1.05rem; flex: none; accent-color: var(--accent); }
label.choice span span { display: block; }
.choices { max-height: 22rem; overflow-y: auto; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; justify-content: flex-end; margin-top: 1.5rem; }
button, .button {
  font: inherit; font-weight: 600; padding: .55rem 1.4rem; border-radius: 999px; cursor: pointer;
  border: 1px solid var(--accent); background: transparent; color: var(--accent); text-decoration: none;
}
button.primary { background: var(--accent); color: var(--on-accent); }
button.small { padding: .25rem .9rem; font-size: .875rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
code { font-size: .9em; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); }
form.inline { display: inline-flex; gap: .5rem; margin: 0 .25rem .25rem 0; }
@media (max-width: 44rem) { .card { margin: 0; border: 0; border-radius: 0; padding: 1.25rem; min-height: 100vh; } }
`;
