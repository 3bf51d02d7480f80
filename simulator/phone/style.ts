// How the demo phone looks. Fills a small window; on a large screen it is a phone lying on a table.
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f4f3f8, #100f15);
  --card: light-dark(#ffffff, #1c1a24);
  --ink: light-dark(#1c1830, #f1eff8);
  --soft: light-dark(#655f7b, #a49eb8);
  --line: light-dark(#e4e1ee, #2e2a3b);
  --accent: light-dark(#5b45e0, #9d8cff);
  --on-accent: light-dark(#ffffff, #15102e);
  --tint: light-dark(#eeebfd, #272144);
  --good: light-dark(#0f7a4d, #5fd6a0);
  --bad: light-dark(#b3261e, #ff9c92);
  --badge: #e0364c;
  font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); -webkit-font-smoothing: antialiased }
.phone { display: grid; grid-template-rows: auto 1fr auto; block-size: 100dvh; overflow: hidden; background: var(--paper) }
@media (min-width: 480px) and (min-height: 600px) {
  body { display: grid; place-items: center; min-block-size: 100dvh; background: light-dark(#dcd8ea, #08070b) }
  .phone { inline-size: 390px; block-size: 760px; border-radius: 44px; border: 9px solid #17141f;
    box-shadow: 0 30px 80px #0006, 0 0 0 1px #ffffff1f }
}
.bar { display: flex; justify-content: space-between; align-items: center; padding: 10px 24px 2px; font-size: 13px;
  font-weight: 600; font-variant-numeric: tabular-nums }
.bar .quiet { font-weight: 500; color: var(--soft) }
#view { overflow-y: auto; padding: 10px 18px 24px; scrollbar-width: thin; overscroll-behavior: contain }
h1 { font-size: 28px; letter-spacing: -.02em; line-height: 1.15; margin: 10px 2px 14px }
h2 { font-size: 16px; margin: 0 }
h3 { font-size: 13px; font-weight: 600; color: var(--soft); margin: 22px 4px 8px }
p { margin: 4px 0 0; color: var(--soft); text-wrap: pretty; overflow-wrap: anywhere }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 20px; padding: 16px; margin-block-end: 12px }
.row { display: flex; align-items: center; gap: 12px }
.row > .grow { flex: 1; min-inline-size: 0 }
.avatar { inline-size: 40px; block-size: 40px; border-radius: 13px; display: grid; place-items: center; flex: none;
  align-self: start; font-weight: 700; font-size: 17px; background: var(--tint); color: var(--accent) }

.avatar svg { inline-size: 24px; block-size: 24px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round }
.avatar.foreign { background: light-dark(#fbe9e7, #3b1d1b); color: var(--bad) }
.who { font-size: 13px; margin: 1px 0 0 } .who.bad { color: var(--bad) }
.text { margin-block-start: 12px }
.note { margin-block-start: 12px; text-align: center; font-size: 13.5px }
.hint { text-align: center; padding: 18px 20px 0; font-size: 14px } .hint b { color: var(--ink) }
.shown { margin-block-start: 16px; border-block-start: 1px solid var(--line); padding-block-start: 12px }
.qr { display: block; inline-size: min(232px, 100%); margin: 14px auto 0; border-radius: 16px; background: #fff; padding: 4px;
  image-rendering: pixelated; border: 1px solid var(--line); forced-color-adjust: none }
.offscreen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.time { font-size: 13px; color: var(--soft); flex: none; align-self: start; font-variant-numeric: tabular-nums }
.code { display: flex; align-items: center; gap: 10px; background: var(--tint); border-radius: 16px; padding: 10px 10px 10px 18px;
  margin-block-start: 14px }
.code output { flex: 1; font-size: 34px; line-height: 1.2; font-weight: 700; letter-spacing: .06em;
  font-variant-numeric: tabular-nums; user-select: all; overflow-wrap: anywhere }
.code.long output { font-size: 17px; letter-spacing: .02em; font-family: ui-monospace, monospace; font-weight: 600 }
.stale { opacity: .62 }
button { font: inherit; font-weight: 600; min-block-size: 44px; padding: 9px 18px; border-radius: 14px; cursor: pointer;
  border: 1px solid var(--line); background: var(--card); color: var(--ink) }
button:hover { border-color: var(--accent) }
button:active { transform: translateY(1px) }
button:disabled { opacity: .5; cursor: default; transform: none }
button.main { background: var(--accent); border-color: transparent; color: var(--on-accent) }
button.bad { color: var(--bad) }
button.bad, button.main { padding-inline: 8px }
button.small { min-block-size: 38px; padding: 6px 14px; font-size: 14px }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.actions { display: grid; gap: 8px; margin-block-start: 14px }
.actions.pair { grid-template-columns: 1fr 1fr }
.actions.pair:has(> :only-child) { grid-template-columns: 1fr }
.finder { block-size: 116px; border-radius: 16px; margin-block-start: 14px; display: grid; place-items: center; position: relative;
  background: radial-gradient(circle at 50% 40%, #46405e, #17141f 75%); color: #efeaff; font-size: 13.5px; overflow: hidden }
.finder i { position: absolute; inline-size: 22px; block-size: 22px; border: 3px solid #fff }
.finder i:nth-of-type(1) { inset: 14px auto auto calc(50% - 62px); border-width: 3px 0 0 3px; border-start-start-radius: 10px }
.finder i:nth-of-type(2) { inset: 14px calc(50% - 62px) auto auto; border-width: 3px 3px 0 0; border-start-end-radius: 10px }
.finder i:nth-of-type(3) { inset: auto auto 14px calc(50% - 62px); border-width: 0 0 3px 3px; border-end-start-radius: 10px }
.finder i:nth-of-type(4) { inset: auto calc(50% - 62px) 14px auto; border-width: 0 3px 3px 0; border-end-end-radius: 10px }
.finder span { max-inline-size: 96px; text-align: center; line-height: 1.3 }
.emoji { display: flex; flex-wrap: wrap; justify-content: center; gap: 12px 4px; margin: 16px 0 2px; padding: 0; list-style: none }
.emoji li { inline-size: 22%; text-align: center; font-size: 12px; color: var(--soft); line-height: 1.25 }
.emoji span { display: block; font-size: 32px; line-height: 1.3; color: var(--ink) }
.state { font-size: 13px; font-weight: 600; color: var(--soft) }
.state.good { color: var(--good) } .state.bad { color: var(--bad) }
details.fold { margin-block: 12px; border: 0; padding: 0 }
details.fold > summary { padding: 10px 4px; font-size: 13px }
.list { background: var(--card); border: 1px solid var(--line); border-radius: 20px; overflow: hidden }
.item { display: flex; align-items: center; gap: 12px; inline-size: 100%; text-align: start; border: 0; border-radius: 0; background: none;
  padding: 11px 16px; min-block-size: 56px; font-weight: 400 }
.item + .item { border-block-start: 1px solid var(--line) }
.item:hover { background: var(--tint) }
.item:focus-visible { outline-offset: -4px; border-radius: 18px }
.item .grow { flex: 1; min-inline-size: 0 }
.item b { display: block; font-weight: 600; line-height: 1.3 }
.item small { display: block; font-size: 13px; color: var(--soft); line-height: 1.35; text-wrap: pretty; overflow-wrap: anywhere }
.knob { flex: none; inline-size: 44px; block-size: 26px; border-radius: 13px; background: var(--line); position: relative; border: 1px solid var(--soft) }
.knob::after { content: ''; position: absolute; inset-block: 3px; inset-inline-start: 3px; inline-size: 18px; border-radius: 9px;
  background: var(--card); border: 1px solid var(--soft) }
[aria-checked=true] .knob { background: var(--accent); border-color: var(--accent) }
[aria-checked=true] .knob::after { inset-inline-start: 21px; border-color: transparent; background: var(--on-accent) }
details { margin-block-start: 12px; border-block-start: 1px solid var(--line); padding-block-start: 10px }
summary { cursor: pointer; font-size: 14px; font-weight: 600; color: var(--soft); padding: 6px 2px; border-radius: 8px }
.empty { text-align: center; padding: 56px 20px 0; color: var(--soft) }
.empty svg { inline-size: 54px; block-size: 54px; stroke: var(--accent); opacity: .8; margin-block-end: 10px }
.empty b { display: block; color: var(--ink); font-size: 17px }
.tabs { display: grid; grid-template-columns: repeat(4, 1fr); padding: 6px 8px 10px; background: var(--card);
  border-block-start: 1px solid var(--line) }
.tabs button { border: 0; background: none; display: grid; justify-items: center; gap: 2px; padding: 6px 2px; font-size: 12px;
  font-weight: 600; color: var(--soft); position: relative; min-block-size: 52px }
.tabs svg, .empty svg { fill: none; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round }
.tabs svg { inline-size: 25px; block-size: 25px; stroke: currentColor }
.tabs [aria-selected=true] { color: var(--accent) }
.tabs .badge { position: absolute; inset-block-start: 3px; inset-inline-start: calc(50% + 6px); min-inline-size: 18px; block-size: 18px;
  border-radius: 9px; background: var(--badge); color: #fff; font-size: 11px; line-height: 18px; padding: 0 5px }
.tabs .badge[hidden] { display: none }
.toast { position: fixed; inset-block-end: 92px; inset-inline: 0; margin-inline: auto; inline-size: fit-content; max-inline-size: 320px;
  background: var(--ink); color: var(--paper); padding: 10px 16px; border-radius: 14px; font-weight: 600; font-size: 14px }
.toast:empty { display: none }
@media (max-width: 380px) { #view { padding-inline: 12px } .card { padding: 14px } }
@media (prefers-reduced-motion: no-preference) {
  .card.fresh { animation: rise .22s ease-out } @keyframes rise { from { opacity: 0; transform: translateY(6px) } }
}
@media (forced-colors: active) { button.main { border-color: ButtonText } [aria-checked=true] .knob { background: Highlight } }
`
