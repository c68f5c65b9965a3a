// What a lecturer pastes into a page: the element, the frame, or either as a course book's source wants it.
export const FORMS = ['element', 'frame', 'markdown', 'myst', 'quarto'] as const;
export type EmbedForm = (typeof FORMS)[number];

/** Attributes of the element with their texts. */
export type Attributes = readonly (readonly [name: string, text: string])[];

/**
 * `site` is the folder of the site's files, with its slash at the end; '' for beside the page. `integrity`: the script's fingerprint, by
 * which a browser refuses any other bytes; '' for none.
 */
export function embedCode(
  form: EmbedForm,
  site: string,
  attributes: Attributes,
  integrity = '',
): string {
  switch (form) {
    case 'element':
      return element(site, attributes, integrity);
    case 'frame':
      return frame(site, attributes);
    case 'markdown':
      // Without a blank line, or Markdown would go on inside.
      return `<div>\n${element(site, attributes, integrity)}\n</div>`;
    case 'myst':
      return `\`\`\`{raw} html\n${element(site, attributes, integrity)}\n\`\`\``;
    case 'quarto':
      return `\`\`\`{=html}\n${element(site, attributes, integrity)}\n\`\`\``;
    default:
      return form satisfies never;
  }
}

export function element(site: string, attributes: Attributes, integrity = ''): string {
  const source = escaped(`${site}ziffer-lab.js`);
  // Without crossorigin no fingerprint of another host's file is compared.
  const checked = integrity && ` integrity="${escaped(integrity)}" crossorigin="anonymous"`;
  return `<script type="module" src="${source}"${checked}></script>\n${tag(attributes)}`;
}

export function tag(attributes: Attributes): string {
  const words = attributes.map(([name, text]) => ` ${name}="${escaped(text)}"`).join('');
  return `<ziffer-lab${words}></ziffer-lab>`;
}

function frame(site: string, attributes: Attributes): string {
  const query = new URLSearchParams(attributes.map(([name, text]) => [name, text]));
  const source = `${site}embed.html${attributes.length > 0 ? `?${query}` : ''}`;
  return `<iframe src="${escaped(source)}"
        width="100%" height="${height(attributes)}" style="border:0" loading="lazy" allow="clipboard-write" title="Ziffer"></iframe>`;
}

/** About what the panels take side by side; one below the other they scroll. */
function height(attributes: Attributes): number {
  const panels = new Map(attributes).get('panels') ?? 'draw train model';
  const below = /mistakes|inside|compare|files/.test(panels) ? 700 : 0;
  return (/draw|train|model/.test(panels) ? 940 : 60) + below;
}

/** A page of its own around the element, for the offline folder. */
export function page(
  site: string,
  attributes: Attributes,
  title: string,
  language: string,
): string {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escaped(title)}</title>
  <link rel="icon" href="${escaped(site)}icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="${escaped(site)}app.css">
  <script src="${escaped(site)}first.js" defer></script>
</head>
<body>
<main>
${element(site, attributes)}
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
