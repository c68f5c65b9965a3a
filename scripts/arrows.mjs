// Checks who may know whom (docs/ARCHITECTURE.md): the includes of src/ and the imports of web/ against the arrows of
// the design. `node scripts/arrows.mjs [root]` prints each violation; `npm run lint` runs it too.
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
  api: ['protocol', 'platform'],
  formats: ['protocol', 'api'],
  reader: ['protocol', 'platform', 'formats', 'worker'],
  elements: ['api', 'formats', 'locales'],
  app: ['elements', ''],
  '': ['api', 'formats', 'elements', 'locales'],
};

/** Returns the violations as lines "file:line: what is wrong". */
export async function checkArrows(folder = root) {
  return [...checkCpp(folder), ...(await checkWeb(folder))];
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

async function checkWeb(folder) {
  const { default: ts } = await import('typescript');
  const base = `${folder}/web`;
  const found = [];
  for (const file of filesUnder(base, /\.ts$/)) {
    const room = roomOf(base, file);
    const text = readFileSync(file, 'utf8');
    for (const { fileName, pos } of ts.preProcessFile(text, true, true).importedFiles) {
      const what = judgeImport(base, room, file, fileName);
      const line = text.slice(0, pos).split('\n').length;
      if (what) found.push(`${relative(folder, file)}:${line}: ${what}`);
    }
    if (!(room in web))
      found.push(`${relative(folder, file)}:1: web/${room} is not a room of the design`);
  }
  return found;
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
