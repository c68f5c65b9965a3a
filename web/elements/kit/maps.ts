// Small pictures side by side, each with a name for who cannot see it and, where it helps, a caption.
import { css, html } from 'lit';
import { type PixelPicture, pixelCanvas, pixels } from './pixels.ts';

export const maps = css`
  ${pixelCanvas}
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
    margin-bottom: 8px;
  }
  .maps {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(56px, 1fr));
    gap: 8px;
    max-width: 1100px;
  }
  figure {
    min-width: 0;
  }
  figcaption {
    margin-top: 3px;
    overflow: hidden;
    color: var(--z-muted);
    font-size: 0.8em;
    text-overflow: ellipsis;
    text-align: center;
  }
`;

export function captioned(picture: PixelPicture, caption: string, label = caption) {
  return html`<figure>
    ${drawn(picture, label)}
    ${caption ? html`<figcaption aria-hidden="true">${caption}</figcaption>` : null}
  </figure>`;
}

export function drawn(picture: PixelPicture, label: string) {
  return html`<canvas role="img" aria-label=${label} ${pixels(picture)}></canvas>`;
}
