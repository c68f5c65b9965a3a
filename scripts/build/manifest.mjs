// dist/custom-elements.json: what <ziffer-lab> offers, for editors and documentation tools, written from the element's own tables
// in the format of the Custom Elements Manifest, version 1.
import { writeFileSync } from 'node:fs';
import { importTypeScript } from './typescript.mjs';

const MODULE = 'dist/ziffer-lab.js';

export async function writeManifest(dist) {
  const manual = await importTypeScript('web/elements/attributes/manual.ts');
  writeFileSync(`${dist}/custom-elements.json`, `${JSON.stringify(manifestOf(manual), null, 2)}\n`);
}

export function manifestOf({ ATTRIBUTES, EVENTS, METHODS, PARTS, PROPERTIES, SLOTS }) {
  const described = ({ name, about }) => ({ name, description: about });
  return {
    schemaVersion: '1.0.0',
    modules: [
      {
        kind: 'javascript-module',
        path: MODULE,
        declarations: [
          {
            kind: 'class',
            name: 'ZifferLab',
            customElement: true,
            tagName: 'ziffer-lab',
            description: 'A lab in which a neural network learns to read handwritten digits.',
            superclass: { name: 'HTMLElement' },
            attributes: ATTRIBUTES.map(({ name, property, values, fallback, about }) => ({
              name,
              description: about,
              type: { text: values },
              ...(fallback ? { default: fallback } : {}),
              fieldName: property,
            })),
            members: [
              ...ATTRIBUTES.map(({ name, property, about }) => ({
                kind: 'field',
                name: property,
                description: about,
                attribute: name,
                reflects: true,
              })),
              ...METHODS.map((method) => ({ kind: 'method', ...described(method) })),
            ],
            events: EVENTS.map(({ type, ...event }) => ({
              ...described(event),
              type: { text: type },
            })),
            slots: SLOTS.map(described),
            cssParts: PARTS.map((name) => ({ name })),
            cssProperties: PROPERTIES.map(described),
          },
        ],
        exports: [
          {
            kind: 'custom-element-definition',
            name: 'ziffer-lab',
            declaration: { name: 'ZifferLab', module: MODULE },
          },
          {
            kind: 'js',
            name: 'ZifferLab',
            declaration: { name: 'ZifferLab', module: MODULE },
          },
        ],
      },
    ],
  };
}
