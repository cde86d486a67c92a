"""How a card looks: its own colours on its own ground, so that it can be read in any theme.

The selectors are doubled because Jupyter's own, which put tables to the right, would win otherwise.
A dark theme is that of the system, or of Jupyter or VS Code, whose word comes before the system's.
"""

_LIGHT = "--ink:#1b1b1b;--mute:#5c5c5c;--ground:#fff;--rule:#d4d4d4;--link:#0a58a8;"
_LIGHT += "--good:#00784e;--bad:#b84a00;--step:#4a6f8c"
_DARK = "--ink:#ececec;--mute:#a9a9a9;--ground:#1b1d1f;--rule:#44484c;--link:#7dbcf5;"
_DARK += "--good:#35c795;--bad:#ff9a57;--step:#8fb4d1"

CARD = ".eastflank.eastflank.eastflank"

STYLE = f"""<style>
{CARD} {{{_LIGHT};
  color:var(--ink); background:var(--ground); border:1px solid var(--rule); border-radius:6px;
  padding:.4em 1.1em 1em; max-width:72em; box-sizing:border-box; text-align:left; overflow-x:auto;
  font-family:system-ui,sans-serif; font-size:14px; line-height:1.4}}
@media (prefers-color-scheme:dark) {{{CARD} {{{_DARK}}}}}
[data-jp-theme-light="true"] {CARD}, .vscode-light {CARD} {{{_LIGHT}}}
[data-jp-theme-light="false"] {CARD}, .vscode-dark {CARD} {{{_DARK}}}
{CARD} :is(h3,h4,p,table,th,td,summary) {{color:inherit; text-align:left}}
{CARD} h3 {{font-size:1.3em; margin:.4em 0 .1em}}
{CARD} h4 {{font-size:1.05em; margin:1.1em 0 .2em}}
{CARD} p.head {{font-size:1.08em; margin:.5em 0 .8em; max-width:48em}}
{CARD} p.legend {{color:var(--mute); font-size:.86em; margin:0 0 .4em}}
{CARD} code {{color:inherit; background:none; padding:0}}
{CARD} table {{border-collapse:collapse; margin:0 0 .3em; width:100%; table-layout:auto;
  font-size:.95em; border:0}}
{CARD} :is(th,td) {{vertical-align:top; padding:.28em .9em .28em 0; border:0;
  border-bottom:1px solid var(--rule); background:none; white-space:normal; max-width:none;
  overflow-wrap:break-word}}
{CARD} thead th {{color:var(--mute); font-weight:normal; font-size:.9em}}
{CARD} tbody th {{font-weight:normal; color:var(--mute); white-space:nowrap}}
{CARD} tr {{background:none}}
{CARD} a {{color:var(--link); text-decoration:underline}}
{CARD} i {{color:var(--mute)}}
{CARD} summary {{cursor:pointer; color:var(--link); margin:.3em 0}}
{CARD} svg.time {{display:block; overflow:visible; max-width:60em}}
{CARD} svg.time text {{font-size:11.5px; fill:var(--mute)}}
{CARD} svg.time line {{stroke:var(--mute); stroke-width:1}}
{CARD} svg.time .axis {{stroke:var(--ink); stroke-width:1.5}}
{CARD} svg.time .due line {{stroke:var(--bad); stroke-width:2}}
{CARD} svg.time .closing line {{stroke-dasharray:3 3}}
{CARD} svg.time .promise circle {{fill:var(--ink)}}
{CARD} svg.time .good circle {{fill:var(--good)}}
{CARD} svg.time .bad circle {{fill:var(--bad)}}
{CARD} svg.time .step circle {{fill:var(--step)}}
{CARD} svg.time circle.known {{fill:var(--ground); stroke:var(--mute)}}
@media (max-width:560px) {{
  {CARD} {{padding:.3em .7em .8em}}
  {CARD} thead {{display:none}}
  {CARD} tr {{display:block; padding:.35em 0; border-bottom:1px solid var(--rule)}}
  {CARD} :is(tbody th,td) {{display:block; padding:0; border:0}}
  {CARD} td:empty {{display:none}}
  {CARD} td[data-head]:not([data-head=""])::before {{content:attr(data-head) ": ";
    color:var(--mute); font-size:.9em}}
}}
</style>"""
