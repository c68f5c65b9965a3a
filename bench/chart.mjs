// The growth chart as SVG: panels side by side, both axes logarithmic, so that a straight level line means "costs the same".

const panel = { width: 250, height: 190, left: 46, top: 34, gap: 34 };

/** panels: [{ title, unit, points: [[x, y], …] }] */
export function drawChart(panels) {
  const width = panels.length * (panel.width + panel.left + panel.gap);
  const height = panel.height + panel.top + 46;
  const inner = panels.map((p, i) => drawPanel(p, i * (panel.width + panel.left + panel.gap)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11">
<title>Cost of training by batch size, number of images and filters</title>
<rect width="100%" height="100%" fill="#fff"/>
${inner.join('\n')}
</svg>
`;
}

function drawPanel({ title, unit, points }, shift) {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = scale(Math.min(...xs), Math.max(...xs), 18, panel.width - 8);
  // From 1 up, so that level curves look level.
  const top = 10 ** Math.ceil(Math.log10(Math.max(...ys) * 1.05));
  const bottom = 10 ** Math.floor(Math.log10(Math.min(...ys) * 0.95));
  const y = scale(bottom, top, panel.height, 0);
  const lines = powers(bottom, top).map(
    (value) =>
      `<path d="M0 ${y(value)}H${panel.width}" stroke="#ddd"/><text x="-6" y="${y(value) + 4}" text-anchor="end" fill="#555">${value}</text>`,
  );
  const marks = points.map(([px, py]) => {
    const label = py < 10 ? py.toFixed(py < 1 ? 2 : 1) : py.toFixed(0);
    return `<circle cx="${x(px)}" cy="${y(py)}" r="3" fill="#0b66c3"/><text x="${x(px)}" y="${y(py) - 8}" text-anchor="middle" fill="#222">${label}</text><text x="${x(px)}" y="${panel.height + 16}" text-anchor="middle" fill="#555">${short(px)}</text>`;
  });
  const path = points.map(([px, py], i) => `${i ? 'L' : 'M'}${x(px)} ${y(py)}`).join('');
  return `<g transform="translate(${shift + panel.left} ${panel.top})">
<text x="0" y="-16" fill="#222" font-weight="600">${unit}</text>
${lines.join('')}
<path d="${path}" fill="none" stroke="#0b66c3" stroke-width="2"/>
${marks.join('')}
<text x="${panel.width / 2}" y="${panel.height + 36}" text-anchor="middle" fill="#222">${title}</text>
</g>`;
}

function scale(low, high, from, to) {
  const size = Math.log(high / low) || 1;
  return (value) => Math.round((from + ((to - from) * Math.log(value / low)) / size) * 10) / 10;
}

function powers(low, high) {
  const list = [];
  for (let value = low; value <= high * 1.001; value *= 10) list.push(Number(value.toPrecision(1)));
  return list;
}

function short(value) {
  return value >= 1000 ? `${value / 1000}k` : String(value);
}
