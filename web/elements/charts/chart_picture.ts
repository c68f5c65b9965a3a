// The curves as one picture to take away: every chart under its title, with what the colours mean.

export interface PicturePart {
  readonly title: string;
  readonly canvas: HTMLCanvasElement;
}

export interface PictureKey {
  readonly text: string;
  readonly color: string;
  readonly dashed: boolean;
}

export interface ChartPicture {
  readonly parts: readonly PicturePart[];
  readonly legend: readonly PictureKey[];
  /** Which run it is. */
  readonly caption: string;
  readonly background: string;
  readonly ink: string;
  readonly muted: string;
  readonly font: string;
}

const MARGIN = 20;
const LINE = 28;
const KEY = 24;

/** In device pixels, as the charts were drawn. Null where the browser gives no picture. */
export function chartPicture(p: ChartPicture): Promise<Blob | null> {
  const ratio = devicePixelRatio;
  const margin = MARGIN * ratio;
  const line = LINE * ratio;
  const widths = p.parts.map((part) => part.canvas.width);
  const heights = p.parts.map((part) => part.canvas.height);
  const sum = widths.reduce((a, b) => a + b, 0);
  const canvas = document.createElement('canvas');
  canvas.width = sum + margin * (p.parts.length + 1);
  canvas.height = Math.max(...heights) + 2 * line + 2 * margin;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.fillStyle = p.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  let x = margin;
  for (const { title, canvas: chart } of p.parts) {
    context.fillStyle = p.ink;
    context.font = `600 ${15 * ratio}px ${p.font}`;
    context.fillText(title, x, margin + line / 2);
    context.drawImage(chart, x, margin + line);
    x += chart.width + margin;
  }
  legend(context, p, ratio, canvas.height - margin - line / 2);
  context.textAlign = 'right';
  context.fillText(p.caption, canvas.width - margin, canvas.height - margin - line / 2);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

function legend(context: CanvasRenderingContext2D, p: ChartPicture, ratio: number, y: number) {
  let x = MARGIN * ratio;
  context.font = `${13 * ratio}px ${p.font}`;
  for (const key of p.legend) {
    context.strokeStyle = key.color;
    context.lineWidth = 2.5 * ratio;
    context.setLineDash(key.dashed ? [5 * ratio, 4 * ratio] : []);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + KEY * ratio, y);
    context.stroke();
    context.fillStyle = p.muted;
    context.fillText(key.text, x + (KEY + 8) * ratio, y);
    x += (KEY + 8 + MARGIN) * ratio + context.measureText(key.text).width;
  }
}
