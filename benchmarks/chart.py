"""A bar chart as SVG, on a logarithmic scale, that can be read by light and in the dark, and be read aloud."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP, _BOTTOM = 800, 230, 160, 30, 48, 34
_STYLE = """\
text { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
.paper { fill: #ffffff }
.title { font-weight: 600 }
.small { font-size: 12px; fill: #59636e }
.value { paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
.bar { fill: #8c959f }
.ours { fill: #0a5bb5 }
line { stroke: #d1d9e0 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .paper { fill: #0d1117 }
  .small { fill: #a9b3be }
  .value { stroke: #0d1117 }
  .bar { fill: #6e7681 }
  .ours { fill: #58a6ff }
  line { stroke: #30363d }
}"""


def chart(title: str, bars: Sequence[tuple[str, float, str]]) -> str:
    """Return a chart; each bar has a name, a value and a label, and is marked if it is claimbook's."""
    low, high = 10 ** floor(log10(min(value for _, value, _ in bars)) - 0.001), max(value for _, value, _ in bars)
    height = _TOP + _ROW * len(bars) + _BOTTOM
    described = "; ".join(f"{name}: {label}" for name, _, label in bars)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"',
        '     role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(described)}</desc>',
        f"<style>\n{_STYLE}\n</style>",
        f'<rect class="paper" width="{_WIDTH}" height="{height}" rx="6"/>',
        f'<text class="title" x="16" y="28">{escape(title)}</text>',
        *_scale(low, high, height),
    ]
    for index, (name, value, label) in enumerate(bars):
        lines += _bar(_TOP + _ROW * index, name, _x(value, low, high), label)
    return "\n".join((*lines, "</svg>", ""))


def _bar(y: int, name: str, end: float, label: str) -> Iterator[str]:
    kind = "ours" if name.startswith("claimbook") else "bar"
    yield f'<text x="{_LEFT - 10}" y="{y + 20}" text-anchor="end">{escape(name)}</text>'
    yield f'<rect class="{kind}" x="{_LEFT}" y="{y + 5}" width="{end - _LEFT:.1f}" height="20"/>'
    yield f'<text class="value" x="{end + 8:.1f}" y="{y + 20}">{escape(label)}</text>'


def _scale(low: float, high: float, height: int) -> Iterator[str]:
    """Yield a line for each power of ten."""
    bottom = height - _BOTTOM
    for power in range(ceil(log10(low) - 0.001), floor(log10(high)) + 1):
        x = _x(10.0**power, low, high)
        yield f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}"/>'
        yield f'<text class="small" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{10.0**power:g} s</text>'
    yield f'<text class="small" x="{_WIDTH - 16}" y="{bottom + 18}" text-anchor="end">logarithmic scale</text>'


def _x(value: float, low: float, high: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * log10(value / low) / log10(high / low)
