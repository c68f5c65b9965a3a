// Checks who may know whom (docs/ARCHITECTURE.md): the includes of src/ and the imports of web/ against the arrows of
// the design, that no suite of tests/ imports from another, no script from bench/, and that no files of src/, web/ or scripts/ know each other in a circle.
// `node scripts/arrows.mjs [root]` prints each violation; `npm run lint` runs it too.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isMain, main } from './command.mjs';
import { root } from './project.mjs';

/** C++: a room may include what it names here and whatever those may include. cmake links by the same list. */
const cpp = {
  core: [],
  kernels: ['core'],
  config: ['core'],
  nn: ['config'],
  engine: ['kernels', 'nn'],
  training: ['engine'],
  data: ['core'],
  bindings: ['training', 'data'],
  cli: ['training', 'data'],
};

/** Headers from outside that only some rooms may include. */
const headers = [
  { header: /^emscripten\//, rooms: ['bindings'] },
  { header: /stb_image/, rooms: ['data'] },
  { header: /^Eigen\//, rooms: ['nn', 'engine', 'training', 'data'] },
];

/** TypeScript: a room may import exactly what it names here. '' stands for the files directly in web/. */
const web = {
  protocol: [],
  platform: ['protocol'],
  locales: [],
  worker: ['protocol', 'platform'],
  keras: ['protocol'],
  keras_code: ['protocol', 'keras'],
  api: ['protocol', 'platform', 'keras', 'keras_code'],
  formats: ['protocol', 'platform', 'keras', 'api'],
  reader: ['protocol', 'platform', 'formats', 'worker'],
  elements: ['platform', 'api', 'keras', 'keras_code', 'formats', 'locales'],
  app: ['platform', 'elements', ''],
  '': ['platform', 'api', 'formats', 'elements', 'locales'],
};

/**
 * The rooms within web/elements, likewise. A panel's room knows no other panel's, but for what several show: charts and the
 * lecture. `lab` puts all together.
 */
const state = ['observable', 'plan', 'runs', 'experiment'];
const panel = [...state, 'kit'];
const within = {
  elements: {
    observable: [],
    plan: ['observable'],
    runs: ['observable', 'plan'],
    experiment: ['observable', 'plan', 'runs'],
    attributes: ['plan', 'kit'],
    kit: state,
    charts: panel,
    lecture: panel,
    draw: panel,
    code: panel,
    model: [...panel, 'code'],
    mistakes: panel,
    inside: panel,
    explain: panel,
    digits: [...panel, 'mistakes'],
    files: panel,
    train: [...panel, 'charts', 'lecture'],
    compare: [...panel, 'charts', 'lecture'],
    embed: [...panel, 'attributes'],
    about: ['kit'],
    passport: panel,
    goal: [...panel, 'passport'],
    lab: null,
  },
};

/** Returns the violations as lines "file:line: what is wrong". */
export async function checkArrows(folder = root) {
  const { default: ts } = await import('typescript');
  return [
    ...checkCpp(folder),
    ...checkWeb(folder, ts),
    ...checkSuites(folder, ts),
    ...checkScripts(folder, ts),
    ...circlesOf(
      folder,
      graphOf(`${folder}/scripts`, /\.mjs$/, (text, file) => staticImports(ts, text, file)),
    ),
    ...circlesOf(
      folder,
      graphOf(`${folder}/src`, /\.(cpp|hpp|h)$/, (text) => includes(text, `${folder}/src`)),
    ),
  ];
}

/** Each file below a folder with those that it knows. */
function graphOf(base, pattern, known) {
  const files = filesUnder(base, pattern);
  return new Map(files.map((file) => [file, known(readFileSync(file, 'utf8'), file)]));
}

function circlesOf(folder, graph) {
  return circlesIn(graph).map(
    (files) => `${files.map((file) => relative(folder, file)).join(' → ')}: a circle of imports`,
  );
}

function includes(text, src) {
  return [...text.matchAll(/^\s*#\s*include\s*"([^"]+)"/gm)].map(([, path]) => join(src, path));
}

/** What several suites of tests/ share lies in tests/support. */
function checkSuites(folder, ts) {
  const base = `${folder}/tests`;
  const found = [];
  for (const file of filesUnder(base, /\.(ts|mjs)$/)) {
    const room = roomOf(base, file);
    const text = readFileSync(file, 'utf8');
    for (const { fileName, pos } of ts.preProcessFile(text, true, true).importedFiles) {
      if (!fileName.startsWith('.')) continue;
      const target = join(dirname(file), fileName);
      const other = roomOf(base, target);
      if (relative(base, target).startsWith('..') || [room, 'support'].includes(other)) continue;
      const line = text.slice(0, pos).split('\n').length;
      found.push(`${relative(folder, file)}:${line}: tests/${room} may not know tests/${other}`);
    }
  }
  return found;
}

/** bench/ is built on scripts/, which know nothing of it. */
function checkScripts(folder, ts) {
  return filesUnder(`${folder}/scripts`, /\.mjs$/).flatMap((file) => {
    const known = staticImports(ts, readFileSync(file, 'utf8'), file);
    return known
      .map((target) => relative(folder, target))
      .filter((target) => target.startsWith('bench/'))
      .map((target) => `${relative(folder, file)}: scripts may not know ${target}`);
  });
}

function checkCpp(folder) {
  const src = `${folder}/src`;
  const found = [];
  for (const file of filesUnder(src, /\.(cpp|hpp|h)$/)) {
    const room = roomOf(src, file);
    const say = (line, what) => found.push(`${relative(folder, file)}:${line}: ${what}`);
    if (!(room in cpp)) say(1, `src/${room} is not a room of the design`);
    for (const [i, text] of readFileSync(file, 'utf8').split('\n').entries()) {
      const [, bracket, path] = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(text) ?? [];
      if (!path) continue;
      const limited = headers.find(({ header }) => header.test(path));
      const other = path.split('/')[0];
      // A room's own wrapper of a library, such as data/stb_image.hpp, goes by the rooms' arrows.
      if (other in cpp && path.includes('/')) {
        if (!reaches(room, other)) say(i + 1, `${room} may not know ${other}`);
        if (limited && !limited.rooms.includes(room))
          say(i + 1, `only ${limited.rooms} may include ${path}`);
      } else if (limited) {
        if (!limited.rooms.includes(room))
          say(i + 1, `only ${limited.rooms} may include <${path}>`);
      } else if (bracket === '"') {
        say(i + 1, `include "${path}" from src/, as "room/file.hpp"`);
      }
    }
  }
  return found;
}

function reaches(room, other) {
  return room === other || (cpp[room] ?? []).some((next) => reaches(next, other));
}

function checkWeb(folder, ts) {
  const base = `${folder}/web`;
  const found = [];
  const graph = new Map();
  for (const file of filesUnder(base, /\.ts$/)) {
    const room = roomOf(base, file);
    const text = readFileSync(file, 'utf8');
    const say = (line, what) => found.push(`${relative(folder, file)}:${line}: ${what}`);
    const lineAt = (pos) => text.slice(0, pos).split('\n').length;
    for (const { fileName, pos } of ts.preProcessFile(text, true, true).importedFiles) {
      const what =
        judgeImport(base, room, file, fileName) ?? judgeWithin(base, room, file, fileName);
      if (what) say(lineAt(pos), what);
    }
    if (!(room in web)) say(1, `web/${room} is not a room of the design`);
    const inner = innerRoom(base, file);
    if (within[room] && !(inner in within[room])) {
      say(1, `web/${room}/${inner} is not a room of the design`);
    }
    graph.set(file, staticImports(ts, text, file));
  }
  return [...found, ...circlesOf(folder, graph)];
}

/** The files that must be there before this one runs or is understood: types too, but not what is imported later, as needed. */
function staticImports(ts, text, file) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return source.statements
    .map((statement) => statement.moduleSpecifier?.text)
    .filter((path) => path?.startsWith('.'))
    .map((path) => join(dirname(file), path));
}

/** Each circle of a graph (Map of a node to its neighbours) once, as its nodes in order. */
export function circlesIn(graph) {
  const done = new Set();
  const circles = [];
  const path = [];
  const visit = (node) => {
    const at = path.indexOf(node);
    if (at >= 0) circles.push([...path.slice(at), node]);
    if (at >= 0 || done.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    path.pop();
    done.add(node);
  };
  for (const node of graph.keys()) visit(node);
  return circles;
}

/** What is wrong with an import between the rooms within a room, or null. */
function judgeWithin(base, room, file, specifier) {
  const rooms = within[room];
  if (!rooms || !specifier.startsWith('.')) return null;
  const target = join(dirname(file), specifier);
  if (roomOf(base, target) !== room) return null;
  const [from, to] = [innerRoom(base, file), innerRoom(base, target)];
  if (from === to || !rooms[from] || rooms[from].includes(to)) return null;
  return `${room}/${from} may not know ${room}/${to}`;
}

/** The second folder of a file's path below base; '' for a file directly in a room. */
function innerRoom(base, file) {
  const path = relative(base, file).split(/[/\\]/);
  return path.length > 2 ? path[1] : '';
}

/** What is wrong with an import, or null. */
function judgeImport(base, room, file, specifier) {
  const [, , module] = /(^|\/)ziffer-(core|picture)(\.mjs)?$/.exec(specifier) ?? [];
  if (module) {
    if (module === 'picture') return room === 'reader' ? null : 'only reader may read pictures';
    return room === 'worker' ? null : 'only worker may import the wasm modules';
  }
  if (specifier.startsWith('node:')) return null;
  if (!specifier.startsWith('.')) return room === 'protocol' ? 'protocol imports nothing' : null;
  const target = join(dirname(file), specifier);
  if (relative(base, target).startsWith('..')) return `${specifier} is outside web/`;
  const other = roomOf(base, target);
  if (other === room || web[room]?.includes(other)) return null;
  return `${room || 'web'} may not know ${other || 'web'}`;
}

/** The first folder of a file's path below base; '' for a file directly in it. */
function roomOf(base, file) {
  const path = relative(base, file).split(/[/\\]/);
  return path.length > 1 ? path[0] : '';
}

/** All files below a folder whose name matches, in a stable order. */
export function filesUnder(folder, pattern) {
  if (!existsSync(folder)) return [];
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // Installed packages are not ours, whichever folder they lie in.
    const installed = entry.name === 'node_modules' || entry.name.startsWith('.');
    if (entry.isDirectory() && !installed) found.push(...filesUnder(path, pattern));
    else if (entry.isFile() && pattern.test(entry.name)) found.push(path);
  }
  return found.sort();
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const found = await checkArrows(process.argv[2] ?? root);
    for (const line of found) console.log(line);
    return found.length > 0 ? 1 : 0;
  });
}
